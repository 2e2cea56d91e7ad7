/** The encodings a caller asks for by name, in lower case; what has the weight 0 is ruled out. */
export function acceptedEncodings(header: string | undefined): Set<string> {
  const accepted = new Set<string>();
  for (const part of (header ?? '').toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim());
    const isRuledOut = parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
    if (name !== '' && !isRuledOut) accepted.add(name);
  }
  return accepted;
}
