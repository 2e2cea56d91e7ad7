import { randomUUID } from 'node:crypto';
import type { ApiRequest, ApiResponse } from './call.ts';

/** An error in the shape and with the status the real service would use (docs/simulator.md, "Errors"). */
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

/** Most calls of version 1. What `description` says in general stands in `data` in particular. */
export function createError(status: number, code: number, description: string, data: string[] = []): ApiError {
  return new ApiError(status, { code, description, data, source: 'PartnerFD' });
}

/** What is wrong with a body, field by field, as service requests say it. */
export function createValidationProblem(errors: Record<string, string[]>): ApiError {
  const title = 'One or more validation errors occurred.';
  return new ApiError(400, { type: 'https://httpstatuses.com/400', title, status: 400, errors });
}

/** Newer services such as agreements and validation status: with the name of the error. */
export function createNamedError(status: number, code: number, errorName: string, message: string): ApiError {
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

/** The gateway in front of the services. */
export function createGatewayError(status: number, message: string, headers: Record<string, string> = {}): ApiError {
  return new ApiError(status, { statusCode: status, message }, headers);
}

/** Problem details, used by service requests. */
export function createProblem(status: number, title: string, detail: string, instance: string): ApiError {
  return new ApiError(status, { type: `https://httpstatuses.com/${status}`, title, status, detail, instance });
}

/** 401 always says how to sign in. */
export function createUnauthorizedError(code: number, description: string): ApiError {
  return new ApiError(401, toControllerError(code, description), {
    'WWW-Authenticate': 'Bearer error="invalid_token"',
  });
}

/** A customer id in the address that is none. */
export function createTenantIdError(): ApiError {
  return new ApiError(400, toControllerError(2000, 'Tenant Id must be a GUID.'));
}

function toControllerError(code: number, description: string) {
  return { code, description, data: [], source: 'PartnerApiServiceControllers' };
}

/** The directory's own shape: `code` is the number behind AADSTS, `general` one that comes before it. */
export function createDirectoryError(
  status: number,
  error: string,
  code: number,
  text: string,
  now: number,
  general?: { code: number; text: string },
): ApiError {
  const before = general === undefined ? '' : `AADSTS${general.code}: ${general.text} `;
  const traceId = randomUUID();
  const correlationId = randomUUID();
  const timestamp = new Date(now).toISOString().replace('T', ' ').slice(0, 19).concat('Z');
  return new ApiError(status, {
    error,
    error_description: `${before}AADSTS${code}: ${text} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
    error_codes: general === undefined ? [code] : [general.code, code],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
  });
}

/** Microsoft Graph; when and under which ids it was given is added by `toGraphResponse`. */
export function createGraphError(status: number, code: string, message: string): ApiError {
  return new ApiError(status, { error: { code, message } });
}

/**
 * *Microsoft Graph error responses*: every refused call of Graph is answered in one shape, with the ids that stand in
 * the headers of every response.
 */
export function toGraphResponse(
  response: ApiResponse,
  { headers, requestId }: Pick<ApiRequest, 'headers' | 'requestId'>,
  now: number,
): ApiResponse {
  const ids = { 'request-id': requestId, 'client-request-id': headers['client-request-id'] ?? requestId };
  const withIds = { ...response, headers: { ...response.headers, ...ids } };
  if (response.status < 400) return withIds;
  const innerError = { date: new Date(now).toISOString().slice(0, 19), ...ids };
  return { ...withIds, body: { error: { ...toGraphError(response), innerError } } };
}

/** What is refused in one of Partner Center's shapes (a body that is not valid, say) is turned into Graph's. */
function toGraphError({ status, body }: ApiResponse): { code: string; message: string } {
  const facts = { error: undefined, description: undefined, message: undefined, ...Object(body) };
  if (facts.error !== undefined) return facts.error;
  const code = status >= 500 ? 'InternalServerError' : 'Request_BadRequest';
  return { code, message: String(facts.description ?? facts.message ?? '') };
}

/** An `ApiError` keeps its shape; a mistake of the simulator is told as one, with a number to find it by. */
export function toErrorResponse(error: unknown): ApiResponse {
  if (error instanceof ApiError) return { status: error.status, body: error.body, headers: error.headers };
  const reference = randomUUID();
  process.emitWarning(`The simulator failed (${reference}): ${error instanceof Error ? error.stack : String(error)}`);
  return {
    status: 500,
    body: { code: 800003, description: `Unexpected error ${reference}`, data: [], source: 'PartnerFD' },
  };
}
