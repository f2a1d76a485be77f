/** The parts of a file path (either slash, shares, long paths, `file://`, alternate data streams) as Kusto names them. */
export function parsePath(path: string): Record<string, string> {
  const [, scheme = '', body = path] = /^([A-Za-z][A-Za-z0-9+.-]+):\/\/(.*)$/s.exec(path) ?? [];
  const plain = body.replace(/^\\\\\?\\/, '').replace(/^\/(?=[A-Za-z]:)/, '');
  const root = /^[A-Za-z]:(?=[\\/]|$)/.exec(plain)?.[0] ?? '';
  const cut = Math.max(plain.lastIndexOf('/'), plain.lastIndexOf('\\'));
  const directory = cut < 0 ? '' : plain.slice(0, cut);
  const [file = '', stream = ''] = plain.slice(cut + 1).split(':');
  const isRoot = cut < 0 && root !== '';
  const dot = file.lastIndexOf('.');
  return {
    Scheme: scheme,
    RootPath: root,
    DirectoryPath: directory,
    DirectoryName: directory.slice(Math.max(directory.lastIndexOf('/'), directory.lastIndexOf('\\')) + 1),
    Filename: isRoot ? '' : file,
    Extension: isRoot || dot < 0 ? '' : file.slice(dot + 1),
    AlternateDataStreamName: isRoot ? '' : stream,
  };
}
