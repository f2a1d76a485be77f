/** Zeek's own field types, as `#types` headers write them (`set[string]`, `vector[addr]` are told by their start). */
export type ZeekType = string;

export interface ZeekField {
  /** Zeek's name: `id.orig_h`. */
  readonly name: string;
  readonly type: ZeekType;
}

export interface ZeekLog {
  /** The fields Zeek writes by default, in its order: what a file without a header is read by. */
  readonly fields: readonly ZeekField[];
  /** Fields that policy scripts, packages or other versions add, in no fixed order. */
  readonly more: readonly ZeekField[];
}

const CONNECTION = 'ts:time uid id.orig_h:addr id.orig_p:port id.resp_h:addr id.resp_p:port';
const LAYERS = 'community_id vlan:int inner_vlan:int orig_l2_addr resp_l2_addr';

/**
 * Zeek's logs: default fields, then further ones after `|`. `name` alone is a string. Source: the log records of
 * Zeek's script reference, versions 3 to 8 (https://docs.zeek.org/en/master/script-reference/log-files.html).
 */
const TEXT: Readonly<Record<string, string>> = {
  conn: `${CONNECTION} proto:enum service duration:interval orig_bytes:count resp_bytes:count conn_state local_orig:bool local_resp:bool missed_bytes:count history orig_pkts:count orig_ip_bytes:count resp_pkts:count resp_ip_bytes:count tunnel_parents:set[string] ip_proto:count | ${LAYERS} orig_cc resp_cc speculative_service:set[string] failed_service:set[string] suri_ids:set[string] app:vector[string] corelight_shunted:bool spcap.trigger spcap.url spcap.rule:count`,
  dns: `${CONNECTION} proto:enum trans_id:count rtt:interval query qclass:count qclass_name qtype:count qtype_name rcode:count rcode_name AA:bool TC:bool RD:bool RA:bool Z:count answers:vector[string] TTLs:vector[interval] rejected:bool opcode:count opcode_name | auth:set[string] addl:set[string] original_query is_trusted_domain`,
  http: `${CONNECTION} trans_depth:count method host uri referrer version user_agent origin request_body_len:count response_body_len:count status_code:count status_msg info_code:count info_msg tags:set[enum] username password proxied:set[string] orig_fuids:vector[string] orig_filenames:vector[string] orig_mime_types:vector[string] resp_fuids:vector[string] resp_filenames:vector[string] resp_mime_types:vector[string] | client_header_names:vector[string] server_header_names:vector[string] cookie_vars:vector[string] uri_vars:vector[string] flash_version post_body`,
  ssl: `${CONNECTION} version cipher curve server_name resumed:bool last_alert next_protocol established:bool ssl_history cert_chain_fps:vector[string] client_cert_chain_fps:vector[string] sni_matches_cert:bool | cert_chain_fuids:vector[string] client_cert_chain_fuids:vector[string] subject issuer client_subject client_issuer validation_status validation_code:int ocsp_status valid_ct_logs:count valid_ct_operators:count ja3 ja3s ja4 ja4s resp_certificate_sha1`,
  x509: `ts:time fingerprint certificate.version:count certificate.serial certificate.subject certificate.issuer certificate.not_valid_before:time certificate.not_valid_after:time certificate.key_alg certificate.sig_alg certificate.key_type certificate.key_length:count certificate.exponent certificate.curve san.dns:vector[string] san.uri:vector[string] san.email:vector[string] san.ip:vector[addr] basic_constraints.ca:bool basic_constraints.path_len:count host_cert:bool client_cert:bool | id cert`,
  files: `ts:time fuid uid id.orig_h:addr id.orig_p:port id.resp_h:addr id.resp_p:port source depth:count analyzers:set[string] mime_type filename duration:interval local_orig:bool is_orig:bool seen_bytes:count total_bytes:count missing_bytes:count overflow_bytes:count timedout:bool parent_fuid md5 sha1 sha256 extracted extracted_cutoff:bool extracted_size:count | tx_hosts:set[addr] rx_hosts:set[addr] conn_uids:set[string] entropy:double`,
  weird: `${CONNECTION} name addl notice:bool peer source`,
  notice: `${CONNECTION} fuid file_mime_type file_desc proto:enum note:enum msg sub src:addr dst:addr p:port n:count peer_descr actions:set[enum] email_dest:set[string] suppress_for:interval remote_location.country_code remote_location.region remote_location.city remote_location.latitude:double remote_location.longitude:double | dropped:bool email_body_sections:vector[string] community_id severity:count`,
  smb_mapping: `${CONNECTION} path service native_file_system share_type`,
  smb_files: `${CONNECTION} fuid action:enum path name size:count prev_name times.modified:time times.accessed:time times.created:time times.changed:time | data_offset_req:count data_len_req:count data_len_rsp:count`,
  smb_cmd: `${CONNECTION} command sub_command argument status rtt:interval version username tree tree_service | referenced_file.name referenced_file.path referenced_file.action:enum referenced_file.size:count`,
  kerberos: `${CONNECTION} request_type client service success:bool error_msg from:time till:time cipher forwardable:bool renewable:bool client_cert_subject client_cert_fuid server_cert_subject server_cert_fuid | auth_ticket new_ticket`,
  ntlm: `${CONNECTION} username hostname domainname server_nb_computer_name server_dns_computer_name server_tree_name success:bool | status`,
  dce_rpc: `${CONNECTION} rtt:interval named_pipe endpoint operation`,
  dhcp: 'ts:time uids:set[string] client_addr:addr server_addr:addr mac host_name client_fqdn domain requested_addr:addr assigned_addr:addr lease_time:interval client_message server_message msg_types:vector[string] duration:interval | client_software server_software circuit_id agent_remote_id subscriber_id client_chaddr vendor_class client_port:port server_port:port trans_id:count',
  ftp: `${CONNECTION} user password command arg mime_type file_size:count reply_code:count reply_msg data_channel.passive:bool data_channel.orig_h:addr data_channel.resp_h:addr data_channel.resp_p:port fuid`,
  ssh: `${CONNECTION} version:count auth_success:bool auth_attempts:count direction:enum client server cipher_alg mac_alg compression_alg kex_alg host_key_alg host_key | remote_location.country_code remote_location.region remote_location.city remote_location.latitude:double remote_location.longitude:double hassh hasshServer hasshVersion cshka sshka inferences:set[string]`,
  rdp: `${CONNECTION} cookie result security_protocol client_channels:vector[string] keyboard_layout client_build client_name client_dig_product_id desktop_width:count desktop_height:count requested_color_depth cert_type cert_count:count cert_permanent:bool encryption_level encryption_method | ssl:bool rdfp_string rdfp_hash inferences:set[string]`,
  rfb: `${CONNECTION} client_major_version client_minor_version server_major_version server_minor_version authentication_method auth:bool share_flag:bool desktop_name width:count height:count`,
  smtp: `${CONNECTION} trans_depth:count helo mailfrom rcptto:set[string] date from to:set[string] cc:set[string] reply_to msg_id in_reply_to subject x_originating_ip:addr first_received second_received last_reply path:vector[addr] user_agent tls:bool fuids:vector[string] | is_webmail:bool urls:set[string] domains:set[string]`,
  snmp: `${CONNECTION} duration:interval version community get_requests:count get_bulk_requests:count get_responses:count set_requests:count display_string up_since:time`,
  sip: `${CONNECTION} trans_depth:count method uri date request_from request_to response_from response_to reply_to call_id seq subject request_path:vector[string] response_path:vector[string] user_agent status_code:count status_msg warning request_body_len:count response_body_len:count content_type`,
  tunnel: `${CONNECTION} tunnel_type:enum action:enum`,
  pe: 'ts:time id machine compile_ts:time os subsystem is_exe:bool is_64bit:bool uses_aslr:bool uses_dep:bool uses_code_integrity:bool uses_seh:bool has_import_table:bool has_export_table:bool has_cert_table:bool has_debug_data:bool section_names:vector[string]',
  software:
    'ts:time host:addr host_p:port software_type:enum name version.major:count version.minor:count version.minor2:count version.minor3:count version.addl unparsed_version | url',
  known_hosts:
    'ts:time host:addr | duration:interval kuid host_vlan:int num_conns:count long_conns:count annotations:vector[string] last_active_session last_active_interval:interval',
  known_services: 'ts:time host:addr port_num:port port_proto:enum service:set[string] | duration:interval kuid',
  known_certs: 'ts:time host:addr port_num:port subject issuer_subject serial',
  known_modbus: 'ts:time host:addr device_type:enum',
  ntp: `${CONNECTION} version:count mode:count stratum:count poll:interval precision:interval root_delay:interval root_disp:interval ref_id ref_time:time org_time:time rec_time:time xmt_time:time num_exts:count`,
  mysql: `${CONNECTION} cmd arg success:bool rows:count response`,
  postgresql: `${CONNECTION} user database application_name frontend frontend_arg success:bool backend backend_arg rows:count`,
  redis: `${CONNECTION} cmd.name cmd.key cmd.value reply.value success:bool`,
  irc: `${CONNECTION} nick user command value addl dcc_file_name dcc_file_size:count dcc_mime_type fuid`,
  socks: `${CONNECTION} version:count user password status request.host:addr request.name request_p:port bound.host:addr bound.name bound_p:port`,
  syslog: `${CONNECTION} proto:enum facility severity message`,
  radius: `${CONNECTION} username mac framed_addr:addr tunnel_client connect_info reply_msg result ttl:interval | remote_ip:addr logged:bool`,
  ldap: `${CONNECTION} message_id:int version:int opcode result diagnostic_message object argument | opcodes:set[string] results:set[string] diagnostic_messages:vector[string] objects:vector[string] arguments:vector[string]`,
  ldap_search: `${CONNECTION} message_id:int scope deref_aliases base_object result_count:count result diagnostic_message filter attributes:vector[string] | scopes:set[string] derefs:set[string] base_objects:vector[string] results:set[string] diagnostic_messages:vector[string]`,
  quic: `${CONNECTION} version client_initial_dcid client_scid server_scid server_name client_protocol history`,
  modbus: `${CONNECTION} tid:count unit:count func pdu_type exception`,
  dnp3: `${CONNECTION} fc_request fc_reply iin:count`,
  mqtt_connect: `${CONNECTION} proto_name proto_version client_id connect_status will_topic will_payload`,
  mqtt_publish: `${CONNECTION} from_client:bool retain:bool qos status topic payload payload_len:count`,
  mqtt_subscribe: `${CONNECTION} action:enum topics:vector[string] qos_levels:vector[count] granted_qos_level:count ack:bool`,
  intel: `${CONNECTION} seen.indicator seen.indicator_type:enum seen.where:enum seen.node matched:set[enum] sources:set[string] fuid file_mime_type file_desc | cif.tags cif.confidence:double cif.source cif.description cif.firstseen cif.lastseen desc:set[string] url:set[string] confidence:set[double]`,
  signatures:
    'ts:time uid src_addr:addr src_port:port dst_addr:addr dst_port:port note:enum sig_id event_msg sub_msg sig_count:count host_count:count',
  dpd: `${CONNECTION} proto:enum analyzer failure_reason | packet_segment`,
  analyzer:
    'ts:time cause analyzer_kind analyzer_name uid fuid id.orig_h:addr id.orig_p:port id.resp_h:addr id.resp_p:port failure_reason failure_data | proto:enum',
  traceroute: 'ts:time src:addr dst:addr proto',
  ocsp: 'ts:time id hashAlgorithm issuerNameHash issuerKeyHash serialNumber certStatus revoketime:time revokereason thisUpdate:time nextUpdate:time',
  capture_loss: 'ts:time ts_delta:interval peer gaps:count acks:count percent_lost:double',
  reporter: 'ts:time level:enum message location',
  stats:
    'ts:time peer mem:count pkts_proc:count bytes_recv:count pkts_dropped:count pkts_link:count pkt_lag:interval pkts_filtered:count events_proc:count events_queued:count active_tcp_conns:count active_udp_conns:count active_icmp_conns:count tcp_conns:count udp_conns:count icmp_conns:count timers:count active_timers:count files:count active_files:count dns_requests:count active_dns_requests:count reassem_tcp_size:count reassem_file_size:count reassem_frag_size:count reassem_unknown_size:count',
};

const fieldsOf = (text: string): ZeekField[] =>
  text
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => {
      const [name = '', type = 'string'] = word.split(':');
      return { name, type };
    });

/** The log kinds whose fields are known, by Zeek's `#path`. */
export const LOGS: ReadonlyMap<string, ZeekLog> = new Map(
  Object.entries(TEXT).map(([path, text]) => {
    const [fields = '', more = ''] = text.split('|');
    return [path, { fields: fieldsOf(fields), more: fieldsOf(more) }];
  }),
);
