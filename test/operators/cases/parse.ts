import type { Case } from './case.js';

const T = 'datatable(m:string)["user=bob port=22 end", "nothing here", "user=eve port=abc end"]';

/** parse, parse-where, parse-kv. */
export const PARSE: readonly Case[] = [
  ['simple', `${T} | parse m with "user=" user:string " port=" port:long " end" | project user, port`, 'user, port', [['bob', 22], ['', null], ['', null]], 'ordered'],
  ['relaxed: a value of another type is null alone', `${T} | parse kind=relaxed m with "user=" user:string " port=" port:long " end" | project user, port`, 'user, port', [['bob', 22], ['', null], ['eve', null]], 'ordered'],
  ['regex', `${T} | parse kind=regex m with "u[a-z]+=" user " p.*=" port " end" | project user, port`, 'user:string, port:string', [['bob', '22'], ['', ''], ['eve', 'abc']], 'ordered'],
  ['regex with flags', 'print m = "USER=x;" | parse kind=regex flags=i m with "user=" u ";" | project u', 'u', [['x']]],
  ['* skips', 'print m = "junk k=5, more" | parse m with * "k=" k:long "," * | project k', 'k', [[5]]],
  ['the last column takes the rest', 'print m = "a: the rest of it" | parse m with name ": " rest | project name, rest', 'name, rest', [['a', 'the rest of it']]],
  ['typed columns', 'print m = "t=00:01:30 r=2.5 d=2020-01-02 b=true" | parse m with "t=" t:timespan " r=" r:real " d=" d:datetime " b=" b:bool', 'm, t:timespan, r:real, d:datetime, b:bool', [['t=00:01:30 r=2.5 d=2020-01-02 b=true', '00:01:30', 2.5, '2020-01-02T00:00:00.0000000Z', true]]],
  ['special characters of the pattern are plain', 'print m = "[1.5] (x)" | parse m with "[" a:real "] (" b ")" | project a, b', 'a, b', [[1.5, 'x']]],
  ['a column of the same name is replaced', 'print m = "v=2", v = 1 | parse m with "v=" v:long', 'm, v', [['v=2', 2]]],
  ['parse-where drops what does not fit', `${T} | parse-where m with "user=" user " port=" port:long " end" | project user, port`, 'user, port', [['bob', 22]]],
  ['parse-where relaxed', `${T} | parse-where kind=relaxed m with "user=" user " port=" port:long " end" | project user, port`, 'user, port', [['bob', 22], ['eve', null]]],
  ['parse-kv', 'print m = "a=1; b=\\"x y\\"; c=3" | parse-kv m as (a:long, b:string, z:string) with (pair_delimiter="; ", kv_delimiter="=", quote=\'"\') | project a, b, z', 'a:long, b, z', [[1, 'x y', '']]],
  ['parse-kv greedy', 'print m = "name: John Doe phone: 555 5555" | parse-kv m as (name:string, phone:string) with (pair_delimiter=" ", kv_delimiter=":", greedy=true) | project name, phone', 'name, phone', [['John Doe', '555 5555']]],
  ['parse-kv: quotes in quotes are escaped', `print m = 'a="say \\\\"bye\\\\"" p=c:\\\\x b=2' | parse-kv m as (a:string, p:string, b:long) with (pair_delimiter=" ", kv_delimiter="=", quote='"', escape='\\\\') | project a, p, b`, 'a, p, b:long', [['say "bye"', 'c:\\x', 2]]],
  ['parse-kv: several kinds of quotes', `print m = "a='x y' b=(1 2) c=3" | parse-kv m as (a:string, b:string, c:long) with (pair_delimiter=" ", kv_delimiter="=", quote="'", quote="()") | project a, b, c`, 'a, b, c:long', [['x y', '1 2', 3]]],
  ['parse-kv: a delimiter of several characters is one text', 'print m = "a=1 ,b=2,3 ,c=4" | parse-kv m as (a:string, b:string, c:string) with (pair_delimiter=" ,", kv_delimiter="=") | project a, b, c', 'a, b, c', [['1', '2,3', '4']]],
  ['parse-kv: without delimiters any character that is not alphanumeric separates', 'print m = "[x] a=1.5, b: two; c=" | parse-kv m as (a:string, b:string, c:string) | project a, b, c', 'a, b, c', [['1', 'two', '']]],
  ['parse-kv: flags of a regex', 'print m = "K=1;L=2" | parse-kv m as (K:long, L:long) with (regex = "(?i)([a-z])=(.)") | project K, L', 'K:long, L:long', [[1, 2]]],
  ['a name given anew by parse is one column to what follows', 'datatable(A:string, S:string, E:string)["a", "s", "xpy"] | parse E with * "x" S:string "y" * | extend Z = 1 | summarize arg_min(A, *) by S', 'S, A, E, Z:long', [['p', 'a', 'xpy', 1]]],
  ['parse-kv with a regex', 'print m = "k1=>v1|k2=>v2" | parse-kv m as (k1:string, k2:string) with (regex = "([a-z0-9]+)=>([^|]+)") | project k1, k2', 'k1, k2', [['v1', 'v2']]],
]; // biome-ignore format: a table
