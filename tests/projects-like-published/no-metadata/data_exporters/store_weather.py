@data_exporter
def export(data, *args, **kwargs):
    pass
