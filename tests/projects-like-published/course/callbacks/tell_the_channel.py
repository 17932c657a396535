@callback('success')
def tell(parent_block_data, **kwargs):
    pass
