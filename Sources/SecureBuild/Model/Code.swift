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
  case invalidCount = "InvalidCount"
  case invalidIp = "InvalidIp"
  case invalidHost = "InvalidHost"
  case invalidLabel = "InvalidLabel"
  case invalidAddress = "InvalidAddress"
  case invalidUsername = "InvalidUsername"
  case invalidToken = "InvalidToken"
  case invalidCaFile = "InvalidCaFile"
  case invalidNetworkType = "InvalidNetworkType"
  case missing = "Missing"
  /// A word, number or list entry that the field doesn't take.
  case invalidValue = "InvalidValue"
  case invalidId = "InvalidId"
  case idTaken = "IdTaken"
  /// Things of several kinds have the id.
  case ambiguousId = "AmbiguousId"
  case invalidNamespace = "InvalidNamespace"
  case invalidSummary = "InvalidSummary"
  case invalidProject = "InvalidProject"
  case invalidPushName = "InvalidPushName"
  case invalidDockerfile = "InvalidDockerfile"
  case invalidImageTag = "InvalidImageTag"
  case invalidBuildArg = "InvalidBuildArg"
  case invalidPlatform = "InvalidPlatform"
  case invalidRegistry = "InvalidRegistry"
  case invalidImageName = "InvalidImageName"
  case invalidArchive = "InvalidArchive"
  /// A file to import that holds no answer of the vendor's.
  case invalidAnswer = "InvalidAnswer"
  /// What is no output of a probe script, or of a link that isn't here.
  case invalidProbe = "InvalidProbe"
  /// A file that holds no lesson.
  case invalidLesson = "InvalidLesson"
  /// A demo's script with something wrong in it, or no demo.
  case invalidDemo = "InvalidDemo"
  /// A file is no exported workspace.
  case invalidDocument = "InvalidDocument"
  // What isn't there
  case noSuchNamespace = "NoSuchNamespace"
  case noSuchRepository = "NoSuchRepository"
  case noSuchRule = "NoSuchRule"
  case noSuchBuild = "NoSuchBuild"
  case noSuchProject = "NoSuchProject"
  case noSuchRef = "NoSuchRef"
  case noSuchInstance = "NoSuchInstance"
  case noSuchVpc = "NoSuchVpc"
  case noSuchVSwitch = "NoSuchVSwitch"
  case noSuchLink = "NoSuchLink"
  case noSuchLesson = "NoSuchLesson"
  /// Of a run-book.
  case noSuchLine = "NoSuchLine"
  /// Anything else of the inventory.
  case noSuchResource = "NoSuchResource"
  case notBound = "NotBound"
  // The vendor's rules
  case instanceNotRunning = "InstanceNotRunning"
  case zoneWithoutMode = "ZoneWithoutMode"
  case noFreeIp = "NoFreeIp"
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
  /// A group whose rules aren't known: one written down beside them would pass for all of them.
  case rulesUnknown = "RulesUnknown"
  case managed = "InvalidOperation.ResourceManagedByCloudProduct"
  /// The vendor was never let act in the account's networks.
  case serviceRoleMissing = "ServiceRoleMissing"
  /// As the vendor's ECS says it.
  case groupQuotaReached = "QuotaExceed.SecurityGroup"
  case namespaceInUse = "NamespaceInUse"
  case repositoryInUse = "RepositoryInUse"
  /// Builds that aren't over stand in the way.
  case buildsNotOver = "BuildsNotOver"
  /// A rule that builds only on a push.
  case buildsOnPushOnly = "BuildsOnPushOnly"
  case noProject = "NoProject"
  case buildIsOver = "BuildIsOver"
  /// It has to be over for that.
  case buildIsRunning = "BuildIsRunning"
  // What a build fails by
  case partMissing = "PartMissing"
  case networkNotClosed = "NetworkNotClosed"
  case cloneFailed = "CloneFailed"
  case dockerfileMissing = "DockerfileMissing"
  case dockerfileUnsupported = "DockerfileUnsupported"
  case platformUnsupported = "PlatformUnsupported"
  case baseImageMissing = "BaseImageMissing"
  case buildStepFailed = "BuildStepFailed"
  case buildTimedOut = "BuildTimedOut"
  case outOfMemory = "OutOfMemory"
  case outOfDisk = "OutOfDisk"
  case pushFailed = "PushFailed"
  case runnerDied = "RunnerDied"
  case runnerNotStarted = "RunnerNotStarted"
  /// Another process watches this workspace's projects.
  case watchIsRunning = "WatchIsRunning"
  case webhookUnusable = "WebhookUnusable"
  case pathFails = "PathFails"
  /// A line of a run-book that nobody has confirmed.
  case notConfirmed = "NotConfirmed"
  case fileNotWritten = "FileNotWritten"
  /// Standard output takes no answer, whatever the command did.
  case outputUnwritable = "OutputUnwritable"
  /// A demo waited in vain for something on the screen.
  case demoStuck = "DemoStuck"
  case clusterRefused = "ClusterRefused"
  case trainingToken = "TrainingTokenUnknown"
  case trainingOnly = "TrainingOnly"
  case ownOnly = "OwnOnly"
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
  case tlsExpected = "TlsExpected"
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
  case workspaceReplaced = "WorkspaceReplaced"
  case outcomeUnknown = "OutcomeUnknown"
  case secretUnusable = "SecretUnusable"
  /// The git credential helper can't be asked, keeps nothing, or doesn't give what it was given.
  case credentialHelperFailed = "CredentialHelperFailed"
  case trainingServer = "TrainingServer"
  case usage = "Usage"
  case noTerminal = "NoTerminal"
  case confirmationNeeded = "ConfirmationNeeded"
  case invalidTheme = "InvalidTheme"
  case invalidSettings = "InvalidSettings"
  case cancelled = "Cancelled"
  case fault = "Fault"

  /// The exit status of a command that ends by this: 1 refused by a rule or by GitLab; 64 usage; 69 a service
  /// can't be reached; 74 the workspace, a file or the output can't be read or written; 75 try again; 130 cancelled.
  public var exitStatus: Int32 {
    switch self {
    case .nameNotResolved, .connectRefused, .connectTimedOut, .connectUnreachable, .answerTimedOut, .connectionLost,
      .serverError, .trainingServer, .runnerNotStarted, .credentialHelperFailed:
      69
    case .noWorkspace, .workspaceExists, .workspaceDamaged, .workspaceUnreadable, .workspaceUnwritable, .workspaceNewer,
      .workspaceReplaced,
      .outcomeUnknown, .secretUnusable, .fileNotWritten, .outputUnwritable:
      74
    case .stale, .rateLimited, .workspaceLocked, .watchIsRunning: 75
    case .usage, .noTerminal, .confirmationNeeded: 64
    case .cancelled: 130
    default: 1
    }
  }
}
