"""Checks of our own, which schemathesis loads by SCHEMATHESIS_HOOKS."""
import schemathesis

# Codes that say: this does not fit the specification. Rules beyond it, between fields for example, have codes of their own.
DOES_NOT_FIT = {"API_INPUT_INVALID", "API_BODY_NOT_JSON", "API_BODY_TOO_DEEP", "API_REQUEST_MALFORMED", "API_URL_MALFORMED"}

# Their bodies carry the input of something that another field names, which has a schema of its own, or are open.
CARRY_INPUT = {
    "POST /v1/schedules",
    "PUT /v1/schedules/{id}",
    "PUT /v1/configurations/{name}",
    "PUT /v1/event-rules/{name}",
    "POST /workflows/v1/auth",
    "POST /workflows/v1/metadata",
    "POST /workflows/v1/check",
    "POST /workflows/v1/start",
    "POST /workflows/v1/config/{id}",
}


@schemathesis.check
def valid_requests_fit(ctx, response, case):
    """Whatever fits the specification is never refused as if it did not."""
    meta = case.meta
    if meta is None or not meta.generation.mode.is_positive or response.status_code != 400:
        return
    code = response.json().get("code")
    if code not in DOES_NOT_FIT:
        return
    if code == "API_INPUT_INVALID" and case.operation.label in CARRY_INPUT:
        return
    # No parser takes it: it would change what objects are.
    if code == "API_BODY_NOT_JSON" and b"__proto__" in (response.request.body or b""):
        return
    raise AssertionError(f"A request that fits the specification was refused with {code}: {response.text[:500]}")


@schemathesis.check
def refused_without_key(ctx, response, case):
    """Without a key nothing is told or done."""
    authorized = any(name.lower() in ("authorization", "x-api-key") for name in response.request.headers)
    if not authorized and response.status_code not in (401, 403):
        raise AssertionError(f"Without a key: {response.status_code} {response.text[:200]}")
