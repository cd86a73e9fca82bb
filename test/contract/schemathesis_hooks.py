"""What schemathesis can't know of streams of lines (application/x-ndjson).

OpenAPI 3.1 describes them as text, and `x-item-schema` describes a line. So here:
- the answer is checked line by line against `x-item-schema`, which schemathesis alone would not do;
- the request may be any text. schemathesis would also send «text of the wrong type», which on the wire is text like any other,
  and would complain that it is accepted (negative_data_rejection). Nothing else is exempt from any check.
"""

import json

import schemathesis

NDJSON = "application/x-ndjson"


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
