/**
 * What the operator of the bot must do where Partner Center, the directory or Graph refuses it, as the log, `npm run doctor`
 * and `npm run consent` tell it. In English only: it names variables, commands and pages that have no other names.
 */
export const remedies = {
  applicationLacksRight:
    'The application PARTNER_CENTER_CLIENT_ID may not do this: register it in Partner Center (account settings, app management) and let a global administrator grant it the permissions of the Partner Center API, then try again.',
  accountLacksRole:
    'The account behind PARTNER_CENTER_REFRESH_TOKEN lacks the role: make it a member of AdminAgents (it may take an hour until Partner Center knows), then try again.',
  consentWithoutMfa:
    'The consent behind PARTNER_CENTER_REFRESH_TOKEN was given without multi-factor authentication, which cannot be mended afterwards: require it for the service account in Entra (Conditional Access or security defaults), run `npm run consent` and store the new refresh token.',
  applicationRefused:
    'Partner Center refused a new token of the application twice. Check that PARTNER_CENTER_URL and PARTNER_CENTER_AUTHORITY belong to the same cloud, that PARTNER_CENTER_TENANT_ID is the partner’s own tenant, and that the application PARTNER_CENTER_CLIENT_ID is registered in Partner Center (account settings, app management).',
  stoppedByDirectory:
    'Conditional Access or another rule of the directory refused the token: look at the sign-in log of the service account and of the application in Entra, let them reach Partner Center, then run `npm run consent` again.',
  partnerNotInProgram:
    'The partner account is not in order: in Partner Center a global administrator must accept the Microsoft Partner Agreement, and the enrolment in the Cloud Solution Provider program must be active.',
  wrongAudience:
    'The token was made for a retired audience (https://graph.windows.net) or another cloud. Check that PARTNER_CENTER_URL and PARTNER_CENTER_AUTHORITY belong to the same cloud, grant the application the permission user_impersonation of the Partner Center API, and renew the consent with `npm run consent`.',
  needsPerson:
    'This call needs a token of a person. Check that PARTNER_CENTER_REFRESH_TOKEN is set and came from a sign-in of the service account with multi-factor authentication (`npm run consent`).',
  tokenTakenAway:
    'The call arrived without its token: a proxy in front of Partner Center may take the header Authorization away.',
  tokenRefused:
    'Partner Center refused a new token twice. Check that PARTNER_CENTER_URL and PARTNER_CENTER_AUTHORITY belong to the same cloud and that PARTNER_CENTER_TENANT_ID is the partner’s own tenant; if they do, renew the consent with `npm run consent`.',
  /** Prices lie behind another API, for which the consent to Partner Center's is not enough. */
  pricesRefused:
    'The token for price sheets was refused. In Entra, give the application PARTNER_CENTER_CLIENT_ID the delegated permission of the API https://api.partner.microsoft.com too, let a global administrator consent to it, make the service account an admin agent or sales agent, then renew the consent with `npm run consent` and store the new PARTNER_CENTER_REFRESH_TOKEN.',
  secretWrong:
    'PARTNER_CENTER_CLIENT_SECRET is wrong or has expired: make a new client secret for the app registration and set its value (not its id).',
  certificateRefused:
    'The certificate of PARTNER_CENTER_CLIENT_SECRET was refused: it must be among the app registration’s certificates and not have expired, and this machine’s clock must be right.',
  applicationUnknown:
    'PARTNER_CENTER_CLIENT_ID names no application of the tenant: compare it with the app registration in PARTNER_CENTER_TENANT_ID.',
  needsProof: 'The directory wants proof of the application: set PARTNER_CENTER_CLIENT_SECRET.',
  publicClient:
    'The app registration counts as a public client: give it the platform Web, switch "Allow public client flows" off, and repeat the consent with `npm run consent -- --browser`.',
  tenantUnknown: 'PARTNER_CENTER_TENANT_ID names no tenant, or PARTNER_CENTER_AUTHORITY is that of another cloud.',
  signInWithoutMfa:
    'PARTNER_CENTER_REFRESH_TOKEN was obtained without multi-factor authentication, or Conditional Access stopped it: repeat the consent of the service account with multi-factor authentication (`npm run consent`) and store the new refresh token.',
  sessionEnded:
    'PARTNER_CENTER_REFRESH_TOKEN ended with a change of password, a revoked session or a sign-in frequency rule: repeat the consent of the service account (`npm run consent`) and store the new refresh token.',
  lacksConsent:
    'The app registration lacks consent for the Partner Center API: let a global administrator grant it the permission user_impersonation, repeat the consent of the service account (`npm run consent`) and store the new PARTNER_CENTER_REFRESH_TOKEN.',
  accountMayNot:
    'That account may not use the application: sign in with the service account, a member of the tenant PARTNER_CENTER_TENANT_ID, and assign it to the application where that is required.',
  lacksRedirectAddress:
    'The app registration lacks the redirect address: add the one shown above under Authentication, platform Web, or consent without --browser.',
  needsManagedDevice:
    'Conditional Access asks for a managed device: sign in from one, or except the service account from that rule.',
  consentDeclined: 'The consent was declined: start again, and accept it.',
  clientInvalid: 'Check PARTNER_CENTER_CLIENT_ID and PARTNER_CENTER_CLIENT_SECRET.',
  clientMayNot: 'Check PARTNER_CENTER_CLIENT_ID: the application may not sign in this way.',
  refreshTokenInvalid:
    'PARTNER_CENTER_REFRESH_TOKEN is invalid, expired or revoked: repeat the consent of the service account with multi-factor authentication (`npm run consent`) and store the new refresh token.',
  refreshTokenInsufficient:
    'PARTNER_CENTER_REFRESH_TOKEN no longer suffices: repeat the consent of the service account with multi-factor authentication (`npm run consent`).',
  otherCloud: 'PARTNER_CENTER_URL and PARTNER_CENTER_AUTHORITY belong to different clouds, or consent is missing.',
  signInCancelled: 'The sign-in was cancelled or the consent declined: start again, and accept it.',
  signInDeclined: 'The sign-in was declined: start again, and accept it.',
  codeExpired: 'Nobody signed in while the code was valid: start again.',
  codeUnknown: 'The directory does not know the code any more: start again.',
  checkAll:
    'Check PARTNER_CENTER_TENANT_ID, PARTNER_CENTER_CLIENT_ID, PARTNER_CENTER_CLIENT_SECRET and PARTNER_CENTER_REFRESH_TOKEN.',
  storeUnreadable:
    'Look at the database (DATABASE_URL, DATA_DIR): until it answers, the refresh token in memory or the configured PARTNER_CENTER_REFRESH_TOKEN is used.',
  storeSealed:
    'PARTNER_CENTER_CLIENT_SECRET was changed since: the configured PARTNER_CENTER_REFRESH_TOKEN is used. If that is refused, repeat the consent of the service account (`npm run consent`) and store the new refresh token.',
  tokenNotStored:
    'Look at the database (DATABASE_URL, DATA_DIR): the new refresh token is kept in memory and stored at the next sign-in; a restart before that uses the former one.',
  graphSignIn: 'Check MicrosoftAppId, MicrosoftAppPassword and the tenant: the application cannot sign in to Graph.',
  noUserType: 'Very old accounts have none. Set the user type of the person to Member in Entra (Users, Properties).',
  graphPermissions:
    'Grant the application permissions GroupMember.Read.All and User.Read.All in Entra, with admin consent.',
  groupIds: 'ADMIN_AGENTS, SALES_AGENTS, HELPDESK_AGENTS and GLOBAL_ADMINS must be object ids of groups.',
  lacksSupportRole:
    'To follow tickets that colleagues filed in the portal, give the service account the role Support request admin in Partner Center; the bot finds out by itself.',
  customerDenied:
    'Partner Center denied the access to this customer: either it has no reseller relationship with the partner (any more), or the application PARTNER_CENTER_CLIENT_ID or the service account lacks the role; look at the customer in Partner Center.',
  testEventNotDelivered:
    'Partner Center could not deliver its test event. Its address must be reached from the Internet over https with a certificate of a public authority, and proxies must let the header Authorization through and leave the body as it is. Where the bot itself refused the event, the log line `partner center event refused` says why. Cases are tracked all the same, only later.',
  registeredElsewhere: (registered: string) =>
    `Partner Center has one registration for each tenant, and it is held by ${registered}: events go there, the bot keeps checking by itself. If nobody needs that one any more, replace it by hand with this address (PUT /webhooks/v1/registration).`,
} as const;
