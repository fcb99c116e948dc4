print("acr-console")
