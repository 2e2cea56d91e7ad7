/** `app`: client credentials. `user`: the service account's refresh token (docs/partner-center.md#two-kinds-of-token). */
export type TokenKind = 'app' | 'user';
