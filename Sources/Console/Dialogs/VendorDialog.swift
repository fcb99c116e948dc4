import SecureBuild
import TerminalUI

/// What the simulated vendor of a training workspace refuses.
@ScreenActor
final class VendorDialog: FormDialog {
  init(app: App) {
    let now = (try? app.reading?.trainingFaults()) ?? .none
    func t(_ en: String, _ zh: String) -> String { app.text(Phrase(en, zh)) }
    super.init(
      app: app, title: Phrase("Simulated vendor (training)", "模拟厂商（演练）"), vendorPath: Phrase("", ""),
      form: Form(
        fields: [
          .choice(
            .serviceRole, t("Service role", "服务关联角色"),
            help: t("Lets Container Registry act in the account's VPCs", "允许容器镜像服务访问本账号的专有网络"),
            TrainingFaults.ServiceRole.allCases.map { ($0.rawValue, app.text($0.title)) },
            selected: now.serviceRole.rawValue),
          .text(
            .groupQuota, t("Security groups", "安全组配额"),
            help: t("The most that a region may have; none: no end", "每地域上限；“不限”表示没有上限"),
            value: now.groupQuota.map(String.init) ?? t("none", "不限"), placeholder: t("none", "不限")),
        ],
        buttons: [
          Form.Button(id: "ok", title: t("Set", "设置")), Form.Button(id: "cancel", title: t("Cancel", "取消")),
        ], emptyList: ""))
  }

  override func problems() -> [Refusal] {
    do throws(Refusal) {
      _ = try Workspace.GroupQuota(form[.groupQuota])
      return []
    } catch { return [error] }
  }

  override func submit() {
    guard let workspace = app.workspace, let quota = try? Workspace.GroupQuota(form[.groupQuota]) else { return }
    let role = TrainingFaults.ServiceRole(rawValue: form[.serviceRole])
    app.perform(Phrase("Setting", "正在设置"), cancellable: false) {
      try workspace.setVendor(serviceRole: role, groupQuota: quota)
    } then: { [weak self, app] outcome in
      if case .success = outcome { self?.close() }
      app.done(outcome) { _ in Phrase("The simulated vendor is set.", "已设置模拟厂商。") }
    }
  }
}
