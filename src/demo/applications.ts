/** What a firewall calls the traffic it saw, in each vendor's words. */
export interface Application {
  /** PAN-OS App-ID. */
  readonly pan: string;
  /** FortiGate service name (`app=` of its CEF). */
  readonly service: string;
  /** FortiGate application control: id, name, category, risk. */
  readonly fortinet: readonly [id: number, name: string, category: string, risk: string];
}

const application = (
  pan: string,
  service: string,
  id: number,
  name: string,
  category = 'Network.Service',
  risk = 'elevated',
): Application => ({ pan, service, fortinet: [id, name, category, risk] });

/** The applications of the demo network. */
export const APPLICATIONS = {
  ssl: application('ssl', 'HTTPS', 40568, 'HTTPS.BROWSER', 'Web.Client', 'medium'),
  web: application('web-browsing', 'HTTP', 15893, 'HTTP.BROWSER', 'Web.Client', 'medium'),
  quic: application('quic', 'UDP/443', 40169, 'QUIC', 'Network.Service', 'low'),
  call: application('rtp-base', 'UDP/443', 31821, 'RTP', 'VoIP', 'low'),
  dns: application('dns-base', 'DNS', 16195, 'DNS'),
  smb: application('ms-ds-smbv3', 'SMB', 41469, 'SMBv3', 'Network.Service', 'low'),
  ldap: application('ldap', 'LDAP', 16213, 'LDAP'),
  kerberos: application('kerberos', 'KERBEROS', 16060, 'Kerberos', 'Network.Service', 'low'),
  rpc: application('msrpc-base', 'DCE-RPC', 16219, 'DCE.RPC'),
  sql: application('mssql-db-encrypted', 'MS-SQL', 16235, 'MSSQL', 'Business', 'low'),
  mail: application('smtp-base', 'SMTP', 16186, 'SMTP', 'Email', 'medium'),
  exchange: application('outlook-web', 'HTTPS', 16554, 'Outlook.Web.App', 'Email', 'low'),
  print: application('jetdirect', 'tcp/9100', 0, 'tcp/9100', 'unscanned', 'low'),
  ntp: application('ntp-base', 'NTP', 16270, 'NTP', 'Network.Service', 'low'),
  ssh: application('ssh', 'SSH', 16118, 'SSH', 'Network.Service', 'high'),
  snmp: application('snmp-base', 'SNMP', 16292, 'SNMP'),
  backup: application('veeam', 'tcp/10006', 0, 'Veeam', 'Storage.Backup', 'low'),
  stream: application('http-audio', 'tcp/8000', 15893, 'HTTP.Audio', 'Video/Audio', 'low'),
  unknown: application('unknown-tcp', 'tcp', 0, 'unknown', 'unscanned', 'high'),
  unidentified: application('not-applicable', 'tcp', 0, 'unknown', 'unscanned', 'low'),
} as const;
