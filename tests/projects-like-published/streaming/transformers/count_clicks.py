@transformer
def transform(data, *args, **kwargs):
    return data
