x = df
