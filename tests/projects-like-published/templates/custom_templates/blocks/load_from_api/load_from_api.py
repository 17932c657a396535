@data_loader
def load(*args, **kwargs):
    return {{ rows }}
