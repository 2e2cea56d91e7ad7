/** A refusal in the shape and with the status the real service would use. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Record<string, string>;

  constructor(status: number, body: unknown, headers: Record<string, string> = {}) {
    super(`answers ${status}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** Shape A of the reference, section 1.6: most v1 calls. */
export function refusal(status: number, code: number, description: string, data: string[] = []): ApiError {
  return new ApiError(status, { code, description, data, source: 'PartnerFD' });
}

/** Shape B: newer services such as agreements and validation status. */
export function newerRefusal(status: number, code: number, errorName: string, message: string): ApiError {
  return new ApiError(status, {
    code,
    message,
    description: message,
    errorName,
    isRetryable: false,
    parameters: {},
    errorMessageExtended: `InternalErrorCode=${code}`,
  });
}

/** Shape C: the gateway in front of the services. */
export function gatewayRefusal(status: number, message: string, headers: Record<string, string> = {}): ApiError {
  return new ApiError(status, { statusCode: status, message }, headers);
}

/** Shape D: problem details, used by service requests. */
export function problem(status: number, title: string, detail: string, instance: string): ApiError {
  return new ApiError(status, { type: `https://httpstatuses.com/${status}`, title, status, detail, instance });
}

/** 401 always says how to sign in. */
export function unauthorized(code: number, description: string): ApiError {
  const body = { code, description, data: [], source: 'PartnerApiServiceControllers' };
  return new ApiError(401, body, { 'WWW-Authenticate': 'Bearer error="invalid_token"' });
}
