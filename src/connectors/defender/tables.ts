/** The tables of advanced hunting whose schemas come with Trawl. */
export const HUNTING_TABLES: readonly string[] = `
  AADSignInEventsBeta AADSpnSignInEventsBeta AIAgentsInfo AgentsInfo AlertEvidence AlertInfo BehaviorEntities BehaviorInfo CampaignInfo
  CloudAppEvents CloudAuditEvents CloudDnsEvents CloudPolicyEnforcementEvents CloudProcessEvents CloudStorageAggregatedEvents
  DataSecurityBehaviors DataSecurityEvents DeviceBaselineComplianceAssessment DeviceBaselineComplianceAssessmentKB
  DeviceBaselineComplianceProfiles DeviceCustomFileEvents DeviceCustomImageLoadEvents DeviceCustomNetworkEvents
  DeviceCustomProcessEvents DeviceCustomRegistryEvents DeviceCustomScriptEvents DeviceEvents DeviceFileCertificateInfo DeviceFileEvents
  DeviceImageLoadEvents DeviceInfo DeviceLogonEvents DeviceNetworkEvents DeviceNetworkInfo DeviceProcessEvents DeviceRegistryEvents
  DeviceTvmBrowserExtensions DeviceTvmBrowserExtensionsKB DeviceTvmCertificateInfo DeviceTvmHardwareFirmware DeviceTvmInfoGathering
  DeviceTvmInfoGatheringKB DeviceTvmSecureConfigurationAssessment DeviceTvmSecureConfigurationAssessmentKB
  DeviceTvmSoftwareEvidenceBeta DeviceTvmSoftwareInventory DeviceTvmSoftwareVulnerabilities DeviceTvmSoftwareVulnerabilitiesKB
  DisruptionAndResponseEvents EmailAttachmentInfo EmailEvents EmailPostDeliveryEvents EmailUrlInfo EntraIdSignInEvents
  EntraIdSpnSignInEvents ExposureGraphEdges ExposureGraphNodes FileMaliciousContentInfo GraphApiAuditEvents IdentityAccountInfo
  IdentityDirectoryEvents IdentityEvents IdentityInfo IdentityLogonEvents IdentityQueryEvents MessageEvents MessagePostDeliveryEvents
  MessageUrlInfo OAuthAppInfo UrlClickEvents`
  .trim()
  .split(/\s+/); // prettier-ignore

/** Action types that belong to one table, for rows that several tables' columns would fit. */
const ACTIONS: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:Connection(?:Success|Failed|Found|Request|Attempt|Acknowledged|SuccessAggregatedReport|FailedAggregatedReport)|InboundConnectionAccepted|InboundConnectionBlocked|InboundInternetScanInspected|ListeningConnectionCreated|InboundConnectionToAggregatedReport|NetworkSignatureInspected|\w+ConnectionInspected)$/,
    'DeviceNetworkEvents',
  ],
  [/^ProcessCreated(?:AggregatedReport)?$/, 'DeviceProcessEvents'],
  [/^File(?:Created|Deleted|Modified|Renamed)(?:AggregatedReport)?$/, 'DeviceFileEvents'],
  [/^Registry(?:Key|Value)(?:Created|Deleted|Renamed|Set)$/, 'DeviceRegistryEvents'],
  [/^ImageLoaded$/, 'DeviceImageLoadEvents'],
  [/^Logon(?:Success|Failed|Attempted)$/, 'DeviceLogonEvents'],
]; // prettier-ignore

/** The table that an action type points to; undefined where it tells nothing. */
export const tableOfAction = (action: string): string | undefined =>
  ACTIONS.find(([pattern]) => pattern.test(action))?.[1];
