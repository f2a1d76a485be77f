/** The path keeps Node's own deprecated module of that name out. */
declare module 'punycode/punycode.js' {
  export * from 'punycode';
  export { default } from 'punycode';
}
