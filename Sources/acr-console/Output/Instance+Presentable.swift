import SecureBuild

extension Instance: Presentable {
  static var columns: [Column<Self>] {
    [
      Column(Phrase("InstanceId", "实例 ID")) { instance, _ in instance.id },
      Column(Phrase("Name", "名称")) { instance, _ in instance.name },
      Column(Phrase("Region", "地域")) { instance, language in
        Phrase.orUnknown(instance.regionId)(language)
      },
      Column(Phrase("Status", "状态")) { instance, language in instance.status.title(language) },
      Column(Phrase("Specification", "规格")) { instance, language in instance.specification.title(language) },
      Column(Phrase("Known", "依据")) { instance, language in instance.known.title(language) },
    ]
  }

  static var details: [Column<Self>] {
    columns + [
      Column(Phrase("Created", "创建时间")) { instance, _ in instance.createTime?.description ?? "" },
      Column(Phrase("Written down", "登记")) { instance, _ in "\(instance.at) \(instance.by)" },
      Column(Phrase("Notes", "提示")) { instance, language in
        ZonesInForce.table.note(on: instance.regionId)?.text(language) ?? ""
      },
    ]
  }

  func json(_ language: Language) -> JSONText {
    [
      "InstanceId": .string(id), "InstanceName": .string(name), "RegionId": .string(regionId),
      "InstanceStatus": .string(status.rawValue), "InstanceSpecification": .string(specification.rawValue),
      "CreateTime": .optional(createTime?.description), "Known": .string(known.rawValue),
      "At": .string(at.description), "By": .string(by),
      "Notes": JSONText.notes(ZonesInForce.table.note(on: regionId), language),
    ]
  }
}

extension JSONText {
  /// What should be known of a region, as links have their notes: `[Code Field Message]`.
  static func notes(_ note: RegionNote?, _ language: Language) -> JSONText {
    .array(
      [note].compactMap(\.self).map {
        [
          "Code": .string(RegionNote.code), "Field": .string(Field.regionId.rawValue),
          "Message": .string($0.text(language)),
        ]
      })
  }
}
