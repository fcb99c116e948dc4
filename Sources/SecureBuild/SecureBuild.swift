// SecureBuild
