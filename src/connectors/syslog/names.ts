const FACILITIES = [
  'kern',
  'user',
  'mail',
  'daemon',
  'auth',
  'syslog',
  'lpr',
  'news',
  'uucp',
  'cron',
  'authpriv',
  'ftp',
  'ntp',
  'audit',
  'alert',
  'clock',
  'local0',
  'local1',
  'local2',
  'local3',
  'local4',
  'local5',
  'local6',
  'local7',
]; // prettier-ignore

const SEVERITIES = ['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug'];

/** The name of a priority's facility, as syslog daemons and Azure write it. */
export const facilityName = (priority: number): string => FACILITIES[priority >> 3] ?? '';

/** The name of a severity 0 to 7; of a priority, that of its last three bits. */
export const severityName = (priority: number): string => SEVERITIES[priority & 7]!;
