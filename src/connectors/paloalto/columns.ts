/*
 * Which column each PAN-OS variable fills, after the templates of Palo Alto's "CEF-style Log Formats" for PAN-OS, where
 * a template has the variable; `name:Column`, or `name:Column=Label` with the text of the column's label.
 */

type Targets = Readonly<Record<string, { readonly column: string; readonly label: string }>>;

const targets = (...texts: string[]): Targets =>
  Object.fromEntries(
    texts
      .flatMap((text) => text.split(/[\n;]/))
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .map((line) => {
        const [, name, column, label = ''] = /^(\w+):(\w+)(?:=(.*))?$/.exec(line)!;
        return [name!, { column: column!, label }];
      }),
  );

const ANY = `
  serial:DeviceExternalID; vsys:DeviceCustomString3=Virtual System; seqno:ExternalID; device_name:DeviceName
  repeatcnt:EventCount; receive_time:ReceiptTime; user_agent:RequestClientApplication
  src_host:SourceHostName; src_mac:SourceMACAddress; dst_host:DestinationHostName; dst_mac:DestinationMACAddress`;

const SESSION = `${ANY}
  src:SourceIP; dst:DestinationIP; natsrc:SourceTranslatedAddress; natdst:DestinationTranslatedAddress
  rule:DeviceCustomString1=Rule; srcuser:SourceUserName; dstuser:DestinationUserName; app:ApplicationProtocol
  from:DeviceCustomString4=Source Zone; to:DeviceCustomString5=Destination Zone; inbound_if:DeviceInboundInterface
  outbound_if:DeviceOutboundInterface; logset:DeviceCustomString6=LogProfile
  sessionid:DeviceCustomNumber1=SessionID; sport:SourcePort; dport:DestinationPort
  natsport:SourceTranslatedPort; natdport:DestinationTranslatedPort; flags:FlexString1=Flags; proto:Protocol
  action:DeviceAction`;

const COUNTS = `
  bytes:FlexNumber1=Total bytes; bytes_sent:SentBytes; bytes_received:ReceivedBytes
  packets:DeviceCustomNumber2=Packets; elapsed:DeviceCustomNumber3=Elapsed time in seconds
  session_end_reason:Reason; action_source:DeviceEventCategory`;

const CATEGORY = 'category:DeviceCustomString2=URL Category';

const ALERT = `${SESSION}; ${CATEGORY}
  misc:RequestURL; direction:FlexString2=Direction; http_method:RequestMethod; contenttype:RequestContext
  filedigest:FileHash; filetype:FileType; pcap_id:FileID`;

const AUTHENTICATION = targets(`${ANY}
  ip:SourceIP; user:DestinationUserName; serverprofile:DeviceCustomString1=Server Profile
  normalize_user:DeviceCustomString2=Normalize User; authpolicy:DeviceCustomString4=Authentication Policy
  clienttype:DeviceCustomString5=Client Type; logset:DeviceCustomString6=Log Action; object:FileName
  factorno:DeviceCustomNumber1=Factor Number; authid:DeviceCustomNumber2=Authentication ID
  vendor:FlexString2=Vendor; event:Message`);

/** Columns by kind of event: the log type, or for THREAT the template that its subtype has. */
export const COLUMNS: Readonly<Record<string, Targets>> = {
  TRAFFIC: targets(SESSION, COUNTS, CATEGORY),
  THREAT: targets(ALERT, 'subtype:DeviceEventCategory'),
  URL: targets(ALERT, 'threatid:DeviceEventCategory'),
  WILDFIRE: targets(
    ALERT,
    `threatid:DeviceEventCategory; cloud:FilePath; sender:SourceUserID; subject:Message; recipient:DestinationUserID
    reportid:OldFileID`,
  ),
  TUNNEL: targets(
    SESSION,
    COUNTS,
    `tunnel:DeviceCustomString2=Tunnel Type; max_encap:FlexNumber2=Maximum Encapsulation
    unknown_proto:DeviceCustomFloatingPoint1=Unknown Protocol; strict_check:DeviceCustomFloatingPoint2=Strict Checking
    sessions_created:DeviceCustomFloatingPoint3=Sessions Created; sessions_closed:DeviceCustomFloatingPoint4=Sessions Closed`,
  ),
  DECRYPTION: targets(SESSION, 'sni:DestinationHostName; error:Reason; policy_name:DeviceCustomString2=Policy Name'),
  GTP: targets(SESSION, 'elapsed:DeviceCustomNumber3=Elapsed time in seconds; event_type:DeviceEventCategory'),
  SCTP: targets(SESSION, 'packets:DeviceCustomNumber2=Packets; assoc_end_reason:Reason'),
  GLOBALPROTECT: targets(
    ANY,
    `srcuser:SourceUserName; machinename:SourceHostName; eventid:DeviceEventCategory
    status:EventOutcome; opaque:Message; reason:Reason; client_os:DeviceCustomString2=Operating System`,
  ),
  HIPMATCH: targets(
    ANY,
    `srcuser:SourceUserName; machinename:SourceHostName; src:SourceIP; matchname:DeviceEventCategory
    os:DeviceCustomString2=Operating System; vsys_id:DeviceCustomNumber2=Virtual System ID
    srcipv6:DeviceCustomIPv6Address2=IPv6 Source Address; mac:SourceMACAddress`,
  ),
  USERID: targets(
    ANY,
    `ip:SourceIP; user:DestinationUserName; factortype:DeviceCustomString1=Factor Type
    datasourcename:DeviceCustomString4=Data Source Name; datasource:DeviceCustomString5=Data Source
    datasourcetype:DeviceCustomString6=Data Source Type; factorno:DeviceCustomNumber1=Factor Number
    vsys_id:DeviceCustomNumber2=Virtual System ID; timeout:DeviceCustomNumber3=Timeout Threshold
    beginport:SourcePort; endport:DestinationPort; eventid:DeviceEventCategory`,
  ),
  IPTAG: targets(
    ANY,
    `ip:SourceIP; eventid:DeviceEventCategory; datasourcename:DeviceCustomString4=Data Source Name
    datasourcetype:DeviceCustomString6=Data Source Type; vsys_id:DeviceCustomNumber2=Virtual System ID
    timeout:DeviceCustomNumber3=Timeout Threshold; tag_name:DeviceCustomString1=Tag Name`,
  ),
  AUTHENTICATION,
  AUTH: AUTHENTICATION,
  CONFIG: targets(
    ANY,
    `host:SourceHostName; cmd:DeviceAction; admin:DestinationUserName; client:DestinationServiceName; path:Message
    before_change_detail:DeviceCustomString1=Before Change Detail; after_change_detail:DeviceCustomString2=After Change Detail`,
  ),
  SYSTEM: targets(ANY, 'object:FileName; module:FlexString2=Module; opaque:Message; eventid:DeviceEventCategory'),
  CORRELATION: targets(
    ANY,
    `src:SourceIP; srcuser:SourceUserName; vsys_id:DeviceCustomNumber2=Virtual System ID; objectname:FileName
    object_id:DeviceCustomNumber3=Object ID; evidence:Message`,
  ),
};

/** What the templates write as the event class, where it isn't the subtype. */
export const EVENT_CLASS: Readonly<Record<string, string>> = {
  THREAT: 'threatid',
  CONFIG: 'result',
  HIPMATCH: 'matchtype',
  CORRELATION: 'category',
};

/** The templates' names for variables that no CEF key exists for; others are called by their variable. */
export const EXTENSION_NAMES: Readonly<Record<string, string>> = Object.fromEntries(
  `pkts_received:PanOSPacketsReceived pkts_sent:PanOSPacketsSent dg_hier_level_1:PanOSDGl1 dg_hier_level_2:PanOSDGl2
  dg_hier_level_3:PanOSDGl3 dg_hier_level_4:PanOSDGl4 vsys_name:PanOSVsysName actionflags:PanOSActionFlags
  src_uuid:PanOSSrcUUID dst_uuid:PanOSDstUUID tunnelid:PanOSTunnelID monitortag:PanOSMonitorTag
  parent_session_id:PanOSParentSessionID parent_start_time:PanOSParentStartTime tunnel:PanOSTunnelType
  assoc_id:PanOSAssocID ppid:PanOSPPID chunks:PanOSSCTPChunks chunks_sent:PanOSSCTPChunkSent
  chunks_received:PanOSSCTPChunksRcv rule_uuid:PanOSRuleUUID http2_connection:PanOSHTTP2Con
  link_change_count:PanLinkChange policy_id:PanPolicyID link_switches:PanLinkDetail sdwan_cluster:PanSDWANCluster
  sdwan_device_type:PanSDWANDevice sdwan_cluster_type:PanSDWANClustype sdwan_site:PanSDWANSite
  dynusergroup_name:PanDynamicUsrgrp xff:PanOSXForwarderfor referer:PanOSReferer thr_category:PanOSThreatCategory
  contentver:PanOSContentVer http_headers:PanOSHTTPHeader url_category_list:PanOSURLCatList
  tunnel_fragment:PanOSTunnelFragment tunnel_insp_rule:PanOSTunneInspectionRule remote_user_ip:PanOSRmtUserIP
  remote_user_id:PanOSRmtUserID hostid:PanOSHostID ugflags:PanOSUGFlags userbysource:PanOSUserBySource
  desc:PanOSDesc stage:PanOSStage auth_method:PanOSAuthMethod tunnel_type:PanOSTunnelType
  srcregion:PanOSSourceRegion public_ip:PanOSPublicIPv4 public_ipv6:PanOSPublicIPv6 private_ip:PanOSPrivateIPv4
  private_ipv6:PanOSPrivateIPv6 client_ver:PanOSGlobalProtectClientVersion client_os_ver:PanOSEndpointOSVersion
  error:PanOSConnectionError location:PanOSGPGatewayLocation login_duration:PanOSLoginDuration
  connect_method:PanOSConnectionMethod error_code:PanOSConnectionErrorID portal:PanOSPortal`
    .split(/\s+/)
    .map((pair) => pair.split(':') as [string, string]),
);
