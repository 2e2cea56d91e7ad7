/** Where Teams keeps files that people send: SharePoint and OneDrive, in each cloud (docs/teams.md, "Files"). */
const hosts = ['sharepoint.com', 'sharepoint-df.com', 'sharepoint.us', 'sharepoint-mil.us', 'sharepoint.cn'];

/** https without a port or a password, on a host of these; on this machine anything, where that is allowed. */
export function isFileHost(address: string, isLoopbackAllowed: boolean): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, port, username, password } = new URL(address);
  if (username || password) return false;
  if (isLoopbackAllowed && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname)) return /^https?:$/.test(protocol);
  return protocol === 'https:' && port === '' && hosts.some((host) => hostname.endsWith(`.${host}`));
}
