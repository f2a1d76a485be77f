/** The parameters of a query string, values as they stand; of equal keys the last one counts. */
export function parseQueryString(query: string): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const pair of query.replace(/^\?/, '').split('&')) {
    if (pair === '') continue;
    const at = pair.indexOf('=');
    parameters[at < 0 ? pair : pair.slice(0, at)] = at < 0 ? '' : pair.slice(at + 1);
  }
  return parameters;
}

/** The parts of an absolute URL as Kusto names them; without a scheme all of it is the path. */
export function parseUrl(url: string): Record<string, unknown> {
  const [, rest = '', query = '', fragment = ''] = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(url) ?? [];
  const [, scheme = '', authority = '', path = rest] = /^([A-Za-z][\w+.-]*):\/\/([^/]*)(.*)$/s.exec(rest) ?? [];
  const at = authority.lastIndexOf('@');
  const [username = '', ...password] = at < 0 ? [] : authority.slice(0, at).split(':');
  const [, host = '', port = ''] = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(authority.slice(at + 1)) ?? [];
  return {
    Scheme: scheme,
    Host: host,
    Port: port,
    Path: path,
    Username: username,
    Password: password.join(':'),
    'Query Parameters': parseQueryString(query),
    Fragment: fragment,
  };
}
