import SecureBuild
import TerminalUI

/// Writes an instance down by hand.
@ScreenActor
final class InstanceDialog: FormDialog {
  init(app: App) {
    let table = app.reading?.zones ?? .builtIn
    let regions = table.regions.map {
      Picker.Item(id: $0.id, title: app.text($0.name), detail: $0.id)
    }
    func t(_ en: String, _ zh: String) -> String { app.text(Phrase(en, zh)) }
    super.init(
      app: app, title: Phrase("Add an instance", "登记实例"),
      vendorPath: Phrase("Instances › Create Enterprise Edition instance", "实例列表 › 创建企业版实例"),
      form: Form(
        fields: [
          .text(
            .instanceName, t("Name", "名称"), help: t("As in the vendor's console", "与厂商控制台一致"), placeholder: "build-prod"
          ),
          .picker(
            .regionId, t("Region", "地域"), items: regions, selected: app.region ?? "", placeholder: t("choose", "请选择")),
          .choice(
            .specification, t("Edition", "规格"),
            InstanceSpecification.allCases.map { ($0.rawValue, app.text($0.title)) },
            selected: InstanceSpecification.basic.rawValue),
          .picker(
            .status, t("Status", "状态"),
            help: t("Only a running instance takes a link or a binding", "只有运行中的实例才能创建链路和绑定账号"),
            items: InstanceStatus.allCases.map {
              Picker.Item(id: $0.rawValue, title: app.text($0.title), detail: $0.rawValue)
            },
            selected: InstanceStatus.running.rawValue, placeholder: ""),
        ],
        buttons: [
          Form.Button(id: "ok", title: t("Add", "登记")), Form.Button(id: "cancel", title: t("Cancel", "取消")),
        ], emptyList: t("Nothing matches.", "没有匹配项。")))
  }

  override func problems() -> [Refusal] {
    app.reading?.problems(
      ofInstance: form[.instanceName], region: form[.regionId], specification: form[.specification],
      status: form[.status]) ?? []
  }

  override func submit() {
    guard let workspace = app.workspace else { return }
    let (name, region) = (form[.instanceName], form[.regionId])
    let (specification, status) = (form[.specification], form[.status])
    app.perform(Phrase("Writing down", "正在登记"), cancellable: false) {
      try workspace.createInstance(name: name, region: region, specification: specification, status: status)
    } then: { [weak self, app] outcome in
      if case .failure(let refusal) = outcome, refusal.field != nil { return self?.show([refusal]) ?? () }
      if let self, case .success(let instance) = outcome {
        close()
        app.choose(region: instance.regionId)
        (app.page as? InstancesPage)?.showAll()
      }
      app.done(outcome) { Phrase("Added \($0.name) as \($0.id).", "已登记 \($0.name)（\($0.id)）。") }
    }
  }
}
