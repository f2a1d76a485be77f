/** Fields that any event may have. `name` alone is a string; a type follows a colon. */
const COMMON =
  'flow_id:long parent_id:long pcap_cnt:long pcap_filename in_iface event_type vlan:dynamic src_ip src_port:int dest_ip dest_port:int proto ip_v:int icmp_type:int icmp_code:int response_icmp_type:int response_icmp_code:int spi:long app_proto app_proto_tc app_proto_ts app_proto_orig app_proto_expected community_id pkt_src tx_id:long direction host tenant_id:long metadata:dynamic ether:dynamic tunnel:dynamic stream:int payload payload_printable payload_length:long packet packet_info:dynamic capture_file xff log_level files:dynamic';

const FLOW =
  'pkts_toserver:long pkts_toclient:long bytes_toserver:long bytes_toclient:long start:datetime end:datetime age:long emergency:bool bypass state reason alerted:bool action bypassed:dynamic wrong_thread:bool src_ip dest_ip src_port:int dest_port:int exception_policy:dynamic elephant:bool tx_cnt:long';
const TCP =
  'tcp_flags tcp_flags_ts tcp_flags_tc syn:bool fin:bool rst:bool psh:bool ack:bool urg:bool ecn:bool cwr:bool state ts_gap:bool tc_gap:bool ts_max_regions:int tc_max_regions:int';
const HTTP =
  'hostname http_port:int url http_user_agent http_content_type http_refer http_method protocol status:int status_string redirect length:long xff content_range:dynamic http_response_body http_response_body_printable http_request_body http_request_body_printable request_headers:dynamic response_headers:dynamic request_body request_body_printable response_body response_body_printable true_client_ip server version http2:dynamic date accept accept_language accept_encoding content_encoding content_type content_length location';
const TLS =
  'subject issuerdn serial fingerprint sni version notbefore:datetime notafter:datetime session_resumed:bool certificate chain:dynamic subjectaltname:dynamic ja3:dynamic ja3s:dynamic ja4 from_proto client:dynamic client_alpns:dynamic server_alpns:dynamic client_handshake:dynamic server_handshake:dynamic';
const DNS =
  'version:int type id:int tx_id:long flags qr:bool aa:bool tc:bool rd:bool ra:bool z:bool opcode:int rrname rrtype rcode ttl:long rdata answers:dynamic authorities:dynamic additionals:dynamic grouped:dynamic queries:dynamic query:dynamic answer:dynamic srv:dynamic soa:dynamic';
const FILE =
  'filename sid:dynamic magic gaps:bool state md5 sha1 sha256 stored:bool file_id:long size:long tx_id:long start:long end:long storing:bool';
const ALERT =
  'action gid:int signature_id:long rev:int signature category severity:int tenant_id:long metadata:dynamic source:dynamic target:dynamic references:dynamic rule rule_text xff direction engine tx_guessed:bool context:dynamic';
const SMTP = 'helo mail_from rcpt_to:dynamic';
const EMAIL =
  'status from to:dynamic cc:dynamic bcc:dynamic subject subject_md5 body_md5 attachment:dynamic url:dynamic date message_id x_mailer received:dynamic has_ipv6_url:bool has_ipv4_url:bool has_exe_url:bool';
const SMB =
  'id:long dialect command status status_code session_id:long tree_id:long filename directory disposition access accessed:long changed:long created:long modified:long size:long fuid share share_type named_pipe service:dynamic rename:dynamic set_info:dynamic function level_of_interest max_read_size:long max_write_size:long server_guid client_dialects:dynamic client_guid request:dynamic response:dynamic dcerpc:dynamic ntlmssp:dynamic kerberos:dynamic';
const KRB5 =
  'msg_type failed_request error_code cname realm sname encryption weak_encryption:bool ticket_encryption ticket_weak_encryption:bool';
const FTP =
  'command command_data completion_code:dynamic reply:dynamic reply_received reply_truncated:bool command_truncated:bool mode dynamic_port:int';
const DROP =
  'len:int tos:int ttl:int ipid:long tcpseq:long tcpack:long tcpwin:long syn:bool ack:bool psh:bool rst:bool urg:bool fin:bool tcpres:int tcpurgp:int udplen:int icmp_id:int icmp_seq:int flowlbl:long hoplimit:int tc:int reason';

/**
 * The objects of the known event types and their fields. An event's own object has its name; further ones come with it
 * (a flow's TCP state, an alert's application layer). Source: Suricata's user guide, "Eve JSON Format", versions 4 to 8
 * (https://docs.suricata.io/en/latest/output/eve/eve-json-format.html).
 */
const EVENTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  flow: { flow: FLOW, tcp: TCP },
  netflow: {
    netflow: 'pkts:long bytes:long start:datetime end:datetime age:long min_ttl:int max_ttl:int tx_cnt:long',
    tcp: TCP,
  },
  alert: {
    alert: ALERT,
    flow: FLOW,
    http: HTTP,
    tls: TLS,
    dns: DNS,
    ssh: '',
    smtp: SMTP,
    email: EMAIL,
    smb: SMB,
    ftp: FTP,
    tcp: TCP,
  },
  drop: { drop: DROP, alert: ALERT, verdict: 'action reject:dynamic', flow: FLOW },
  anomaly: { anomaly: 'type event code:int layer app_proto', flow: FLOW },
  dns: { dns: DNS },
  mdns: { mdns: DNS },
  http: { http: HTTP },
  http2: {
    http2:
      'http_method hostname url status:int length:long request:dynamic response:dynamic request_headers:dynamic response_headers:dynamic version stream_id:long request_settings:dynamic response_settings:dynamic',
  },
  tls: { tls: TLS },
  quic: { quic: 'version sni ua cyu:dynamic ja3:dynamic ja3s:dynamic ja4 extensions:dynamic' },
  fileinfo: { fileinfo: FILE, http: HTTP, smtp: SMTP, email: EMAIL, smb: SMB, ftp: FTP },
  ssh: { ssh: 'client:dynamic server:dynamic' },
  smtp: { smtp: SMTP, email: EMAIL },
  smb: { smb: SMB },
  ftp: { ftp: FTP },
  ftp_data: { ftp_data: 'filename command' },
  tftp: { tftp: 'packet file mode' },
  nfs: {
    nfs: 'version:int procedure filename hhash id:long file_tx:bool type status rename:dynamic read:dynamic write:dynamic',
    rpc: 'xid:long status auth_type creds:dynamic',
  },
  rdp: {
    rdp: 'tx_id:long event_type cookie flags:dynamic client:dynamic channels:dynamic protocol error_code:int reason server_supports:dynamic x509_serials:dynamic',
  },
  rfb: {
    rfb: 'server_protocol_version:dynamic client_protocol_version:dynamic authentication:dynamic screen_shared:bool framebuffer:dynamic server_security_failure_reason',
  },
  krb5: { krb5: KRB5 },
  dhcp: {
    dhcp: 'type id:long client_mac assigned_ip client_ip relay_ip next_server_ip dhcp_type client_id requested_ip hostname vendor_class_identifier params:dynamic lease_time:long renewal_time:long rebinding_time:long subnet_mask routers:dynamic dns_servers:dynamic domain',
  },
  mqtt: {
    mqtt: 'connect:dynamic connack:dynamic publish:dynamic puback:dynamic pubrec:dynamic pubrel:dynamic pubcomp:dynamic subscribe:dynamic suback:dynamic unsubscribe:dynamic unsuback:dynamic pingreq:dynamic pingresp:dynamic auth:dynamic disconnect:dynamic',
  },
  snmp: { snmp: 'version:int error community pdu_type trap_type trap_oid trap_address vars:dynamic usm' },
  sip: { sip: 'method uri version request_line code reason response_line sdp:dynamic' },
  ike: {
    ike: 'version_major:int version_minor:int exchange_type:int exchange_type_verbose message_id:long init_spi resp_spi role errors:int payload:dynamic notify:dynamic alg_enc alg_auth alg_prf alg_dh ikev1:dynamic ikev2:dynamic',
  },
  modbus: { modbus: 'id:long request:dynamic response:dynamic' },
  dnp3: {
    dnp3: 'type control:dynamic src:int dst:int application:dynamic iin:dynamic request:dynamic response:dynamic',
  },
  enip: { enip: 'request:dynamic response:dynamic' },
  pgsql: { pgsql: 'tx_id:long request:dynamic response:dynamic' },
  websocket: { websocket: 'fin:bool mask:long opcode payload_base64 payload_printable' },
  bittorrent_dht: {
    bittorrent_dht: 'transaction_id client_version request_type request:dynamic response:dynamic error:dynamic',
  },
  ldap: { ldap: 'request:dynamic responses:dynamic' },
  pop3: { pop3: 'request:dynamic response:dynamic' },
  telnet: { telnet: '' },
  dcerpc: {
    dcerpc:
      'request response rpc_version call_id:long req:dynamic res:dynamic interfaces:dynamic interface:dynamic activityuuid seqnum:long',
  },
  arp: { arp: 'hw_type proto_type opcode src_mac src_ip dest_mac dest_ip' },
  stats: {
    stats:
      'uptime:long capture:dynamic decoder:dynamic flow:dynamic flow_mgr:dynamic defrag:dynamic stream:dynamic tcp:dynamic detect:dynamic app_layer:dynamic http:dynamic ftp:dynamic file_store:dynamic memcap:dynamic ips:dynamic host:dynamic ippair:dynamic threads:dynamic flow_bypassed:dynamic',
  },
  engine: { engine: 'error_code:int error message module' },
};

/** Columns and their types by event type, in order. */
export const FIELDS: ReadonlyMap<string, Readonly<Record<string, string>>> = new Map(
  Object.entries(EVENTS).map(([type, objects]) => {
    const columns = typed(COMMON, '');
    for (const [name, fields] of Object.entries(objects)) Object.assign(columns, typed(fields, name));
    return [type, columns];
  }),
);

/** Columns of any event, for types that aren't known. */
export const COMMON_FIELDS: Readonly<Record<string, string>> = typed(COMMON, '');

function typed(fields: string, object: string): Record<string, string> {
  const columns: Record<string, string> = {};
  for (const field of fields.split(' ')) {
    const [name = '', type = 'string'] = field.split(':');
    if (name !== '') columns[nestedName(object, name)] = type;
  }
  return columns;
}

/** The column of a field of an object: `dns.rrname` is `dns_rrname`, `http.http_method` is `http_method`. */
export function nestedName(object: string, field: string): string {
  return object === '' || field.startsWith(`${object}_`) ? field : `${object}_${field}`;
}
