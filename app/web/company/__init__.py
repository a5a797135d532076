"""The company's door: three steps, a check page, a dated acknowledgement."""
