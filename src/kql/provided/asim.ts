import { asimColumns } from '../../tables/asim.js';
import { TYPE_OF_LETTER } from '../../tables/known.js';
import type { StoredFunction } from '../lower/context.js';

/** The filtering parameters of ASIM's parsers, those of all schemas together: calls name the ones they give. */
const FILTERS = [
  'starttime:datetime=datetime(null)',
  'endtime:datetime=datetime(null)',
  ...[
    'srcipaddr_has_any_prefix dstipaddr_has_any_prefix ipaddr_has_any_prefix dvcipaddr_has_any_prefix response_has_any_prefix',
    'hostname_has_any srchostname_has_any dvchostname_has_any dvcname_has_any url_has_any httpuseragent_has_any domain_has_any',
    'username_has_any actorusername_has_any targetusername_has_any srcusername_has_any targetappname_has_any',
    'commandline_has_any commandline_has_all commandline_has_any_ip_prefix actingprocess_has_any targetprocess_has_any',
    'parentprocess_has_any targetfilepath_has_any srcfilepath_has_any hashes_has_any registrykey_has_any registryvalue_has_any',
    'registryvaluedata_has_any registrydata_has_any operation_has_any object_has_any newvalue_has_any eventtype_in',
    'eventresultdetails_in eventresultdetails_has_any dvcaction',
  ]
    .join(' ')
    .split(' ')
    .map((name) => `${name}:dynamic=dynamic([])`),
  ...[
    'srcipaddr',
    'response_has_ipv4',
    'responsecodename',
    'eventtype',
    'eventresult',
    'targetusername_has',
    'actorusername_has',
  ].map((name) => `${name}:string='*'`),
  'dstportnumber:int=int(null)',
].join(', ');

const SWITCHES = 'disabled:bool=false, pack:bool=false';

/** A parser of ASIM as a function without rows; undefined for other names. */
export function asimFunction(name: string): StoredFunction | undefined {
  const columns = asimColumns(name);
  if (!columns) return undefined;
  const schema = columns.map((of) => `['${of.slice(1)}']:${TYPE_OF_LETTER[of.charAt(0)]}`);
  return {
    name,
    parameters: /^_?im/i.test(name) ? `(${FILTERS}, ${SWITCHES})` : `(${SWITCHES})`,
    body: `datatable(${schema.join(', ')})[]`,
    warning: {
      code: 'no-asim-parser',
      message: `${name}() gave no rows: no ASIM parser is installed here. Query the source tables instead, such as CommonSecurityLog or DnsEvents.`,
    },
  };
}
