if 'custom' not in globals():
    from mage_ai.data_preparation.decorators import custom


@custom
def run(*args, **kwargs):
    import pandas as pd

    return pd.DataFrame([[1, 'x', 1.5], [2, 'y,"z"', None]], columns=['n', 't', 'f g'])
