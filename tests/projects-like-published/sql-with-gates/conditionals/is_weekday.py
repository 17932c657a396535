@condition
def may_run(*args, **kwargs):
    return True
