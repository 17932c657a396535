if 'custom' not in globals():
    from mage_ai.data_preparation.decorators import custom


@custom
def run(*args, **kwargs):
    import pandas as pd

    return pd.DataFrame([[i, str(i)] for i in range(12)], columns=['n', 't'])
