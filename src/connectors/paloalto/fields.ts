/*
 * The order of fields in PAN-OS's syslog messages by log type, after "Syslog Field Descriptions" of the PAN-OS
 * Administrator's Guide (8.0 to 11.2), by the names of their variables. Later versions append to what earlier ones
 * write, so that the longest order serves all. `-` is a field reserved for future use.
 */

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const START = 'domain receive_time serial type subtype config_ver time_generated';
const SESSION = `${START} src dst natsrc natdst rule srcuser dstuser app vsys from to inbound_if outbound_if logset -
  sessionid repeatcnt sport dport natsport natdport flags proto action`;
const GROUPS = 'dg_hier_level_1 dg_hier_level_2 dg_hier_level_3 dg_hier_level_4 vsys_name device_name';
const SOURCE_DEVICE = 'src_category src_profile src_model src_vendor src_osfamily src_osversion src_host src_mac';
const DEVICES = `${SOURCE_DEVICE} dst_category dst_profile dst_model dst_vendor dst_osfamily dst_osversion dst_host dst_mac`;
const CONTAINER = 'container_id pod_namespace pod_name src_edl dst_edl';
const APPLICATION = `subcategory_of_app category_of_app technology_of_app risk_of_app characteristic_of_app
  container_of_app`;
const SAAS = 'is_saas_of_app sanctioned_state_of_app';

const THREAT = words(`${SESSION} misc threatid category severity direction seqno actionflags srcloc dstloc -
  contenttype pcap_id filedigest cloud url_idx user_agent filetype xff referer sender subject recipient reportid
  ${GROUPS} - src_uuid dst_uuid http_method tunnelid monitortag parent_session_id parent_start_time tunnel thr_category
  contentver sig_flags assoc_id ppid http_headers url_category_list rule_uuid http2_connection dynusergroup_name
  xff_ip ${DEVICES} ${CONTAINER} hostid serialnumber domain_edl src_dag dst_dag partial_hash high_res_timestamp
  reason justification nssai_sst ${APPLICATION} tunneled_app ${SAAS} cloud_reportid cluster_name flow_type`);

const AUTHENTICATION = words(`${START} vsys ip user normalize_user object authpolicy repeatcnt authid vendor logset
  serverprofile desc clienttype event factorno seqno actionflags ${GROUPS} vsys_id authproto rule_uuid
  high_res_timestamp ${SOURCE_DEVICE} region - user_agent session_id cluster_name`);

/** Field names by log type. */
export const FIELDS: Readonly<Record<string, readonly string[]>> = {
  TRAFFIC: words(`${SESSION} bytes bytes_sent bytes_received packets start elapsed category - seqno actionflags srcloc
    dstloc - pkts_sent pkts_received session_end_reason ${GROUPS} action_source src_uuid dst_uuid tunnelid monitortag
    parent_session_id parent_start_time tunnel assoc_id chunks chunks_sent chunks_received rule_uuid http2_connection
    link_change_count policy_id link_switches sdwan_cluster sdwan_device_type sdwan_cluster_type sdwan_site
    dynusergroup_name xff_ip ${DEVICES} ${CONTAINER} hostid serialnumber src_dag dst_dag session_owner
    high_res_timestamp nssai_sst nssai_sd ${APPLICATION} tunneled_app ${SAAS} offloaded flow_type cluster_name`),
  THREAT,
  URL: THREAT,
  DATA: THREAT,
  WILDFIRE: THREAT,
  TUNNEL: words(`${SESSION} severity seqno actionflags srcloc dstloc ${GROUPS} tunnelid monitortag parent_session_id
    parent_start_time tunnel bytes bytes_sent bytes_received packets pkts_sent pkts_received max_encap unknown_proto
    strict_check tunnel_fragment sessions_created sessions_closed session_end_reason action_source start elapsed
    tunnel_insp_rule remote_user_ip remote_user_id rule_uuid pcap_id dynusergroup_name src_edl dst_edl
    high_res_timestamp nssai_sd nssai_sst pdu_session_id ${APPLICATION} ${SAAS} cluster_name`),
  DECRYPTION: words(`${SESSION} tunnel - - src_uuid dst_uuid rule_uuid hs_stage_c2f hs_stage_f2s tls_version tls_keyxchg
    tls_enc tls_auth policy_name ec_curve err_index root_status chain_status proxy_type cert_serial fingerprint
    notbefore notafter cert_ver cert_size cn_len issuer_len rootcn_len sni_len cert_flags cn issuer_cn root_cn sni
    error ${CONTAINER} src_dag dst_dag high_res_timestamp ${DEVICES} seqno actionflags ${GROUPS} vsys_id ${APPLICATION}
    tunneled_app ${SAAS} cluster_name`),
  GTP: words(`${START} src dst - - rule - - app vsys from to inbound_if outbound_if logset - sessionid - sport dport - - -
    proto action event_type msisdn apn rat msg_type end_ip_adr teid1 teid2 gtp_interface cause_code severity mcc mnc
    area_code cell_id event_code - - srcloc dstloc - - - - - - - imsi imei - - - - - - - - - - - - - - - - start elapsed
    tunnel_insp_rule remote_user_ip remote_user_id rule_uuid pcap_id high_res_timestamp nssai_sst nssai_sd
    ${APPLICATION} ${SAAS}`),
  SCTP: words(`${START} src dst - - rule - - - vsys from to inbound_if outbound_if logset - sessionid repeatcnt sport dport
    - - - - proto action ${GROUPS} seqno - assoc_id ppid severity sctp_chunk_type - verif_tag_1 verif_tag_2
    sctp_cause_code diam_app_id diam_cmd_code diam_avp_code stream_id assoc_end_reason op_code sccp_calling_ssn
    sccp_calling_gt sctp_filter chunks chunks_sent chunks_received packets pkts_sent pkts_received rule_uuid
    high_res_timestamp`),
  GLOBALPROTECT: words(`${START} vsys eventid stage auth_method tunnel_type srcuser srcregion machinename public_ip
    public_ipv6 private_ip private_ipv6 hostid serialnumber client_ver client_os client_os_ver repeatcnt reason error
    opaque status location login_duration connect_method error_code portal seqno actionflags high_res_timestamp
    selection_type response_time priority attempted_gateways gateway ${GROUPS} vsys_id cluster_name`),
  HIPMATCH:
    words(`${START} srcuser vsys machinename os src matchname repeatcnt matchtype - - seqno actionflags ${GROUPS}
    vsys_id srcipv6 hostid serialnumber mac high_res_timestamp cluster_name`),
  USERID:
    words(`${START} vsys ip user datasourcename eventid repeatcnt timeout beginport endport datasource datasourcetype
    seqno actionflags ${GROUPS} vsys_id factortype factorcompletiontime factorno ugflags userbysource tag_name
    high_res_timestamp origindatasource - cluster_name`),
  IPTAG:
    words(`${START} vsys ip tag_name eventid repeatcnt timeout datasourcename datasourcetype datasourcesubtype seqno
    actionflags ${GROUPS} vsys_id high_res_timestamp cluster_name`),
  AUTHENTICATION,
  AUTH: AUTHENTICATION,
  CONFIG: words(`${START} host vsys cmd admin client result path seqno actionflags ${GROUPS} dg_id comment -
    high_res_timestamp`),
  SYSTEM: words(`${START} vsys eventid object - - module severity opaque seqno actionflags ${GROUPS} - -
    high_res_timestamp`),
  CORRELATION: words(`${START} src srcuser vsys category severity ${GROUPS} vsys_id objectname object_id evidence`),
};

/** CONFIG as custom formats and exports write it: with what stood there before the change and after it. */
export const CONFIG_WITH_DETAILS: readonly string[] = FIELDS.CONFIG!.flatMap((name) =>
  name === 'path' ? [name, 'before_change_detail', 'after_change_detail'] : [name],
);

/** GLOBALPROTECT as PAN-OS 9.1.0 to 9.1.2 wrote it: two fields stand before the type that came last afterwards. */
export const EARLY_GLOBALPROTECT: readonly string[] = [
  ...words('domain receive_time serial seqno actionflags type subtype config_ver time_generated'),
  ...FIELDS.GLOBALPROTECT!.slice(7, FIELDS.GLOBALPROTECT!.indexOf('seqno')),
];

/** Where the type stands in a message, and where in the early GLOBALPROTECT. */
export const TYPE = 3;
export const EARLY_TYPE = 5;
