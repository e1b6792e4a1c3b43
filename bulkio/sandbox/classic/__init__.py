"""The classic host, restapi.e-conomic.com: one file a resource."""
