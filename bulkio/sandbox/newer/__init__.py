"""The newer host, apis.e-conomic.com: the customers service v3.1.0 over the same store."""
