"""What schemathesis can't know of the service.

Floods of bad keys from one address are 429 (test/service/rate.test.ts), and schemathesis sends hundreds, each to be 401: so every
request comes from an address of its own, through a proxy that the server trusts.

Streams of lines (application/x-ndjson): OpenAPI 3.1 describes them as text, and `x-item-schema` describes a line. So here:
- the answer is checked line by line against `x-item-schema`, which schemathesis alone would not do;
- the request may be any text. schemathesis would also send «text of the wrong type», which on the wire is text like any other,
  and would complain that it is accepted (negative_data_rejection). Nothing else is exempt from any check.
"""

import itertools
import json

import requests
import schemathesis

NDJSON = "application/x-ndjson"


ADDRESSES = (f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}" for n in itertools.count(1))
SEND = requests.adapters.HTTPAdapter.send


def send_from_another_address(adapter, request, **options):
    request.headers["X-Forwarded-For"] = next(ADDRESSES)
    return SEND(adapter, request, **options)


requests.adapters.HTTPAdapter.send = send_from_another_address


@schemathesis.hook
def before_load_schema(context, raw_schema):
    for path in raw_schema["paths"].values():
        for operation in path.values():
            request = operation.get("requestBody", {}).get("content", {})
            if NDJSON in request:
                request[NDJSON]["schema"] = {}
            for response in operation["responses"].values():
                answer = response.get("content", {})
                if NDJSON in answer:
                    answer[NDJSON]["schema"] = {"type": "array", "items": answer[NDJSON]["x-item-schema"]}


@schemathesis.serializer(NDJSON)
def write_lines(context, value):
    """Text as it is; of a list, each element is a line; all else is one line."""
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    return "\n".join(json.dumps(line) for line in (value if isinstance(value, list) else [value])).encode()


@schemathesis.deserializer(NDJSON)
def read_lines(context, response):
    lines = response.content.decode().split("\n")  # splitlines() would also split at U+0085 and U+2028, inside of JSON texts
    return [json.loads(line) for line in lines if line != ""]
