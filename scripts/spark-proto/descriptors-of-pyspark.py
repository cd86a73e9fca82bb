"""Writes the protocol of an installed PySpark as a FileDescriptorSet: python descriptors-of-pyspark.py > spark-3.5.9.binpb

PySpark before 4 ships no .proto files, only code made of them, in which each file's descriptor stands as bytes.
"""

import ast
import importlib.util
import pathlib
import sys

ORDER = ["types", "common", "expressions", "catalog", "relations", "commands", "base"]


def varint(number: int) -> bytes:
    low, rest = number & 0x7F, number >> 7
    return bytes([low | 0x80]) + varint(rest) if rest else bytes([low])


def descriptor_in(path: pathlib.Path) -> bytes:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "AddSerializedFile":
            return ast.literal_eval(node.args[0])
    raise SystemExit(f"no descriptor in {path}")


package = pathlib.Path(importlib.util.find_spec("pyspark").origin).parent
for name in ORDER:
    descriptor = descriptor_in(package / f"sql/connect/proto/{name}_pb2.py")
    sys.stdout.buffer.write(b"\x0a" + varint(len(descriptor)) + descriptor)
