/**
 * Microsoft Graph of the cloud whose directory this is (*Microsoft Graph national cloud deployments*). US Government
 * means GCC High; DoD has a Graph of its own (https://dod-graph.microsoft.us) behind the same directory.
 */
export function graphUrlFor(authority: string): string {
  switch (new URL(authority).hostname) {
    case 'login.microsoftonline.us':
      return 'https://graph.microsoft.us';
    case 'login.partner.microsoftonline.cn':
    case 'login.chinacloudapi.cn':
      return 'https://microsoftgraph.chinacloudapi.cn';
    default:
      return 'https://graph.microsoft.com';
  }
}
