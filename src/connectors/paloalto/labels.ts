/*
 * What the columns of the web interface's CSV exports are called ("Domain,Receive Time,Serial #,Type,…"), and the
 * variables that they hold. A label that isn't here names its column itself.
 */
const LABELS = `
  domain:domain receivetime:receive_time serial:serial serial#:serial type:type threatcontenttype:subtype
  contentthreattype:subtype subtype:subtype configversion:config_ver generatetime:time_generated
  generatedtime:time_generated timegenerated:time_generated sourceaddress:src sourceip:src source:src
  destinationaddress:dst destinationip:dst destination:dst natsourceip:natsrc natdestinationip:natdst rule:rule
  rulename:rule sourceuser:srcuser destinationuser:dstuser application:app virtualsystem:vsys sourcezone:from
  destinationzone:to inboundinterface:inbound_if outboundinterface:outbound_if logaction:logset timelogged:-
  sessionid:sessionid repeatcount:repeatcnt sourceport:sport destinationport:dport natsourceport:natsport
  natdestinationport:natdport flags:flags ipprotocol:proto protocol:proto action:action bytes:bytes
  bytessent:bytes_sent bytesreceived:bytes_received packets:packets starttime:start elapsedtimesec:elapsed
  elapsedtime:elapsed category:category padding:- cpadding:- seqno:seqno sequencenumber:seqno
  actionflags:actionflags sourcecountry:srcloc sourcelocation:srcloc destinationcountry:dstloc
  destinationlocation:dstloc pktssent:pkts_sent packetssent:pkts_sent pktsreceived:pkts_received
  packetsreceived:pkts_received sessionendreason:session_end_reason dghierarchylevel1:dg_hier_level_1
  dghierarchylevel2:dg_hier_level_2 dghierarchylevel3:dg_hier_level_3 dghierarchylevel4:dg_hier_level_4
  devicegrouphierarchylevel1:dg_hier_level_1 devicegrouphierarchylevel2:dg_hier_level_2
  devicegrouphierarchylevel3:dg_hier_level_3 devicegrouphierarchylevel4:dg_hier_level_4
  virtualsystemname:vsys_name devicename:device_name actionsource:action_source sourcevmuuid:src_uuid
  destinationvmuuid:dst_uuid tunnelidimsi:tunnelid tunnelid:tunnelid monitortagimei:monitortag monitortag:monitortag
  parentsessionid:parent_session_id parentsessionstarttime:parent_start_time parentstarttime:parent_start_time
  tunnel:tunnel tunneltype:tunnel sctpassociationid:assoc_id sctpchunks:chunks sctpchunkssent:chunks_sent
  sctpchunksreceived:chunks_received ruleuuid:rule_uuid uuidforrule:rule_uuid http2connection:http2_connection
  appflapcount:link_change_count policyid:policy_id linkswitches:link_switches sdwancluster:sdwan_cluster
  sdwandevicetype:sdwan_device_type sdwanclustertype:sdwan_cluster_type sdwansite:sdwan_site
  dynamicusergroupname:dynusergroup_name xffaddress:xff_ip sourcedevicecategory:src_category
  sourcedeviceprofile:src_profile sourcedevicemodel:src_model sourcedevicevendor:src_vendor
  sourcedeviceosfamily:src_osfamily sourcedeviceosversion:src_osversion sourcehostname:src_host
  sourcemacaddress:src_mac destinationdevicecategory:dst_category destinationdeviceprofile:dst_profile
  destinationdevicemodel:dst_model destinationdevicevendor:dst_vendor destinationdeviceosfamily:dst_osfamily
  destinationdeviceosversion:dst_osversion destinationhostname:dst_host destinationmacaddress:dst_mac
  containerid:container_id podnamespace:pod_namespace podname:pod_name sourceexternaldynamiclist:src_edl
  destinationexternaldynamiclist:dst_edl hostid:hostid serialnumber:serialnumber
  sourcedynamicaddressgroup:src_dag destinationdynamicaddressgroup:dst_dag sessionowner:session_owner
  highrestimestamp:high_res_timestamp highresolutiontimestamp:high_res_timestamp url:misc urlfilename:misc
  filename:misc threatid:threatid threatcontentname:threatid threatname:threatid severity:severity
  direction:direction contenttype:contenttype pcapid:pcap_id filedigest:filedigest cloud:cloud urlindex:url_idx
  urlidx:url_idx useragent:user_agent filetype:filetype xforwardedfor:xff referer:referer sender:sender
  subject:subject recipient:recipient reportid:reportid httpmethod:http_method threatcategory:thr_category
  contentversion:contentver httpheaders:http_headers urlcategorylist:url_category_list partialhash:partial_hash
  reason:reason justification:justification eventid:eventid stage:stage authenticationmethod:auth_method
  sourceregion:srcregion machinename:machinename publicip:public_ip publicipv6:public_ipv6 privateip:private_ip
  privateipv6:private_ipv6 clientversion:client_ver clientos:client_os clientosversion:client_os_ver error:error
  description:opaque status:status location:location loginduration:login_duration connectmethod:connect_method
  errorcode:error_code portal:portal gateway:gateway operatingsystem:os os:os hip:matchname hipname:matchname
  hiptype:matchtype ipv6sourceaddress:srcipv6 user:user ip:ip datasourcename:datasourcename
  timeoutthreshold:timeout timeout:timeout datasource:datasource datasourcetype:datasourcetype
  datasourcesubtype:datasourcesubtype virtualsystemid:vsys_id factortype:factortype
  factorcompletiontime:factorcompletiontime factornumber:factorno usergroupflags:ugflags
  userbysource:userbysource tagname:tag_name normalizeuser:normalize_user object:object
  authenticationpolicy:authpolicy authenticationid:authid vendor:vendor serverprofile:serverprofile
  clienttype:clienttype eventtype:event authenticationprotocol:authproto host:host command:cmd admin:admin
  client:client result:result configurationpath:path path:path beforechangedetail:before_change_detail
  afterchangedetail:after_change_detail module:module objectname:objectname objectid:object_id evidence:evidence
  servernameindication:sni policyname:policy_name clustername:cluster_name`;

const variables = new Map(
  LABELS.trim()
    .split(/\s+/)
    .map((pair) => pair.split(':') as [string, string]),
);

const folded = (label: string): string => label.toLowerCase().replace(/[^a-z0-9#]/g, '');

/** The variables of a header's columns, by position; undefined when the cells are no header of PAN-OS. */
export function readHeader(cells: readonly string[]): readonly string[] | undefined {
  if (cells.length < 5) return undefined;
  const names = cells.map((label) => variables.get(folded(label)) ?? (label.replace(/\s+/g, '') || '-'));
  return names.includes('type') && names.includes('receive_time') ? forType(names) : undefined;
}

/** Where a label means different variables in different logs: USERID's and AUTHENTICATION's `Source IP`, `Source Port`, `Description`. */
function forType(names: readonly string[]): readonly string[] {
  const swap: Readonly<Record<string, string>> = names.includes('datasourcename')
    ? { src: 'ip', srcuser: 'user', sport: 'beginport', dport: 'endport' }
    : names.includes('normalize_user')
      ? { src: 'ip', srcuser: 'user', opaque: 'desc' }
      : names.includes('auth_method')
        ? { tunnel: 'tunnel_type' }
        : {};
  return names.map((name) => swap[name] ?? name);
}
