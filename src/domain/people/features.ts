/** What Teams does in some tenants and refuses in others. */
export type Feature = 'targeted-in-chat' | 'reactions' | 'suggested-actions';

/** What was refused lately, so that it is not tried each time; forgotten after a day, when it may have changed. */
export interface RefusedFeatures {
  isRefused(tenantId: string, feature: Feature): Promise<boolean>;
  refuse(tenantId: string, feature: Feature): Promise<void>;
}
