/// Pages that people see, in the simulator's own words.
enum Pages {
  static func signIn(at path: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head><meta charset="utf-8"><title>Sign in · GitLab</title></head>
    <body class="login-page">
    <h1>GitLab (training)</h1>
    <form action="\(path)/users/sign_in" method="post">
    <label for="user_login">Username or primary email</label> <input id="user_login" name="user[login]">
    <label for="user_password">Password</label> <input id="user_password" name="user[password]" type="password">
    <button type="submit">Sign in</button>
    </form>
    </body>
    </html>

    """
  }

  static let notFound = """
    <!DOCTYPE html>
    <html>
    <head><title>The page you're looking for could not be found (404)</title></head>
    <body><h1>404</h1><h3>The page could not be found or you don't have permission to view it.</h3></body>
    </html>

    """

  static func page(of site: SimulatedFault.OtherSite) -> String {
    let (title, text) =
      switch site {
      case .handbook: ("Team handbook", "This is a wiki. Nothing here speaks of repositories.")
      case .mavenRepository: ("Maven repository (training)", "Index of /releases/. Nothing has been released yet.")
      }
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head><meta charset="utf-8"><title>\(title)</title></head>
      <body><h1>\(title)</h1><p>\(text)</p></body>
      </html>

      """
  }
}
