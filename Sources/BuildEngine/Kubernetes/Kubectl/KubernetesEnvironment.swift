/// What of the environment `kubectl` may need: its own configuration, the way out through a proxy, and what the programs
/// read that sign its user in at a cloud.
public enum KubernetesEnvironment {
  public static func takes(_ name: String) -> Bool {
    names.contains(name) || families.contains(where: name.hasPrefix)
  }

  private static let names: Set<String> = [
    "PATH", "HOME", "USER", "LOGNAME", "KUBECONFIG", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "HTTP_PROXY", "HTTPS_PROXY",
    "NO_PROXY", "http_proxy", "https_proxy", "no_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR",
    // Within a pod these are the cluster that it is in.
    "KUBERNETES_SERVICE_HOST", "KUBERNETES_SERVICE_PORT", "POD_NAMESPACE",
  ]

  private static let families = [
    "AWS_", "AZURE_", "AAD_", "GOOGLE_", "CLOUDSDK_", "USE_GKE_", "ALIBABA_CLOUD_", "ALICLOUD_",
  ]
}
