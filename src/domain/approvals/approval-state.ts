/** `used`: what it was for was begun. `withdrawn`: what it was for was changed or is over. */
export type ApprovalState = 'waiting' | 'approved' | 'rejected' | 'expired' | 'withdrawn' | 'used';
