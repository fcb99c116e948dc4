/// Why something was not done, and what to do next: the same for pages, commands and JSON.
public struct Refusal: Error, Sendable, Equatable {
  /// Stable: scripts rely on it.
  public let code: Code
  /// The field that was wrong, where one was.
  public let field: Field?
  /// The hop of a try that failed, where one did.
  public let hop: Hop?
  /// What the vendor's console would have said, where it says anything.
  public let vendor: Phrase?
  public let message: Phrase
  public let mend: Phrase

  public init(
    _ code: Code, field: Field? = nil, hop: Hop? = nil, vendor: Phrase? = nil, message: Phrase, mend: Phrase
  ) {
    self.code = code
    self.field = field
    self.hop = hop
    self.vendor = vendor
    self.message = message
    self.mend = mend
  }
}

/// The fields that input can be wrong at, by the names that JSON and the vendor's API have for them.
public enum Field: String, Sendable, Codable, CaseIterable {
  case instanceId = "InstanceId"
  case instanceName = "InstanceName"
  case regionId = "RegionId"
  case specification = "InstanceSpecification"
  case status = "InstanceStatus"
  case vpcId = "VpcId"
  case vpcName = "VpcName"
  case vSwitchId = "VSwitchId"
  case vSwitchName = "VSwitchName"
  case zoneId = "ZoneId"
  case cidrBlock = "CidrBlock"
  case linkId = "LinkId"
  case gitLabIntranetIp = "GitLabIntranetIp"
  case allowedIps = "AllowedIps"
  case hosts = "Hosts"
  case networkType = "NetworkType"
  case address = "Address"
  case username = "Username"
  case token = "Token"
  case caFile = "CaFile"
}

/// The stable codes of everything that can be refused or fail, and the exit status of each.
public enum Code: String, Sendable, CaseIterable {
  // Input
  case invalidName = "InvalidName"
  case nameTaken = "NameTaken"
  case invalidRegion = "InvalidRegion"
  case invalidSpecification = "InvalidSpecification"
  case invalidStatus = "InvalidStatus"
  case invalidCidr = "InvalidCidr"
  case cidrOutsideVpc = "CidrOutsideVpc"
  case cidrOverlaps = "CidrOverlaps"
  case invalidZone = "InvalidZone"
  case invalidIp = "InvalidIp"
  case duplicateIp = "DuplicateIp"
  case invalidHost = "InvalidHost"
  case invalidAddress = "InvalidAddress"
  case invalidUsername = "InvalidUsername"
  case invalidToken = "InvalidToken"
  case invalidCaFile = "InvalidCaFile"
  case invalidNetworkType = "InvalidNetworkType"
  case missing = "Missing"
  // What isn't there
  case noSuchInstance = "NoSuchInstance"
  case noSuchVpc = "NoSuchVpc"
  case noSuchVSwitch = "NoSuchVSwitch"
  case noSuchLink = "NoSuchLink"
  case notBound = "NotBound"
  // The vendor's rules
  case instanceNotRunning = "InstanceNotRunning"
  case zoneWithoutMode = "ZoneWithoutMode"
  case vSwitchNotInVpc = "VSwitchNotInVpc"
  case vpcNotInRegion = "VpcNotInRegion"
  case linkInUse = "LinkInUse"
  case linkOfOtherInstance = "LinkOfOtherInstance"
  case linkRequired = "LinkRequired"
  case linkNotTaken = "LinkNotTaken"
  case gitLabIpFixed = "GitLabIpFixed"
  case alreadyBound = "AlreadyBound"
  case instanceInUse = "InstanceInUse"
  case vpcInUse = "VpcInUse"
  case vSwitchInUse = "VSwitchInUse"
  case managed = "InvalidOperation.ResourceManagedByCloudProduct"
  case trainingToken = "TrainingTokenUnknown"
  case trainingOnly = "TrainingOnly"
  // The hops of a try
  case nameNotResolved = "NameNotResolved"
  case addressNotAllowed = "AddressNotAllowed"
  case connectRefused = "ConnectRefused"
  case connectTimedOut = "ConnectTimedOut"
  case connectUnreachable = "ConnectUnreachable"
  case tlsUnknownAuthority = "TlsUnknownAuthority"
  case tlsWrongHost = "TlsWrongHost"
  case tlsExpired = "TlsExpired"
  case tlsNotYetValid = "TlsNotYetValid"
  case tlsNotSpoken = "TlsNotSpoken"
  case tlsFailed = "TlsFailed"
  case notGitLab = "NotGitLab"
  case notFound = "NotFound"
  case apiV3Only = "ApiV3Only"
  case redirected = "Redirected"
  case rateLimited = "RateLimited"
  case serverError = "ServerError"
  case brokenAnswer = "BrokenAnswer"
  case endlessAnswer = "EndlessAnswer"
  case answerTimedOut = "AnswerTimedOut"
  case connectionLost = "ConnectionLost"
  case tokenUnauthorized = "TokenUnauthorized"
  case tokenRevoked = "TokenRevoked"
  case tokenExpired = "TokenExpired"
  case tokenScope = "TokenScope"
  case forbidden = "Forbidden"
  case otherUser = "OtherUser"
  case emailGiven = "EmailGiven"
  case blockedUser = "BlockedUser"
  // The workspace and the program
  case stale = "Stale"
  case noWorkspace = "NoWorkspace"
  case workspaceExists = "WorkspaceExists"
  case workspaceDamaged = "WorkspaceDamaged"
  case workspaceUnreadable = "WorkspaceUnreadable"
  case workspaceUnwritable = "WorkspaceUnwritable"
  case workspaceLocked = "WorkspaceLocked"
  case workspaceNewer = "WorkspaceNewer"
  case outcomeUnknown = "OutcomeUnknown"
  case trainingServer = "TrainingServer"
  case usage = "Usage"
  case noTerminal = "NoTerminal"
  case confirmationNeeded = "ConfirmationNeeded"
  case invalidTheme = "InvalidTheme"
  case invalidSettings = "InvalidSettings"
  case cancelled = "Cancelled"
  case fault = "Fault"

  /// The exit status of a command that ends by this: 1 refused by a rule or by GitLab; 64 usage; 69 a service
  /// can't be reached; 74 the workspace can't be read or written; 75 try again; 130 cancelled.
  public var exitStatus: Int32 {
    switch self {
    case .nameNotResolved, .connectRefused, .connectTimedOut, .connectUnreachable, .answerTimedOut, .connectionLost,
      .serverError, .trainingServer:
      69
    case .noWorkspace, .workspaceExists, .workspaceDamaged, .workspaceUnreadable, .workspaceUnwritable, .workspaceNewer,
      .outcomeUnknown:
      74
    case .stale, .rateLimited, .workspaceLocked: 75
    case .usage, .noTerminal, .confirmationNeeded: 64
    case .cancelled: 130
    default: 1
    }
  }
}
