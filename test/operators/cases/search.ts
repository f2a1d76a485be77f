import type { Case } from './case.js';

const T =
  'datatable(name:string, note:string, n:long)["alpha-one", "red fox", 7, "beta", "RED", 42, "gamma", "predator", 4]';

/** search and find: terms in any column or a named one. */
export const SEARCH: readonly Case[] = [
  ['a term in any column, any case', `${T} | search "red" | project name`, 'name', [['alpha-one'], ['beta']]],
  ['the table is told', `${T} | search "fox" | project-away note, n`, '$table, name', [['search_arg0', 'alpha-one']]],
  ['numbers are searched as text', `${T} | search "42" | project name`, 'name', [['beta']]],
  ['a beginning', `${T} | search "alp*" | project name`, 'name', [['alpha-one']]],
  ['an end', `${T} | search "*tor" | project name`, 'name', [['gamma']]],
  ['a part', `${T} | search "*red*" | project name`, 'name', [['alpha-one'], ['beta'], ['gamma']]],
  ['a named column', `${T} | search name:"one" | project name`, 'name', [['alpha-one']]],
  ['a named column, exactly', `${T} | search note == "RED" | project name`, 'name', [['beta']]],
  ['and, or, not', `${T} | search "red" and not("fox") or "gamma" | project name`, 'name', [['beta'], ['gamma']]],
  ['case_sensitive', `${T} | search kind=case_sensitive "RED" | project name`, 'name', [['beta']]],
  ['a pattern of a regex', `${T} | search note matches regex "^[a-z]+$" | project name`, 'name', [['gamma']]],
  ['a comparison', `${T} | search n > 6 | project name`, 'name', [['alpha-one'], ['beta']]],
  ['in tables', 'search in (Hosts_CL) "x" | count', 'Count', [[0]]],
  ['over all tables and views', 'let V = view () { print Host = "needle-7" }; search "needle" | project $table, Host', '$table, Host', [['V', 'needle-7']]],
  ['find: rows of several tables', 'let A = datatable(host:string, n:long)["h1", 1, "h2", 2]; let B = datatable(host:string, u:string)["h1", "bob"]; find in (A, B) where host == "h1" project host, n', 'source_, host, n', [['union_arg0', 'h1', 1], ['union_arg1', 'h1', null]]],
  ['find withsource', 'let A = view () { print host = "h1" }; find withsource=Src in (A) where host has "h1" project host', 'Src, host', [['A', 'h1']]],
]; // biome-ignore format: a table
