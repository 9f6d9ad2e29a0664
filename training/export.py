"""Write the trained verifier for use: `python training/export.py RUN_FOLDER WEIGHTS_FOLDER OUT_FOLDER`.

From `best.pt` in RUN_FOLDER an ONNX file with eight-bit weights, and the vocabulary of WEIGHTS_FOLDER. Needs torch,
transformers, onnx and onnxruntime.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from verifier import Judge


def main() -> None:
    """Export, quantize, and say how large it is."""
    run, weights, out = (Path(word) for word in sys.argv[1:4])
    judge = Judge(weights)
    judge.load_state_dict(torch.load(run / "best.pt"))
    judge.eval()
    out.mkdir(parents=True, exist_ok=True)
    ids = torch.tensor([[101, 2023, 102, 2008, 2003, 102]])
    kinds = torch.tensor([[0, 0, 0, 1, 1, 1]])
    free = {name: {0: "pairs", 1: "pieces"} for name in ("ids", "mask", "kinds", "faults")}
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(judge, (ids, torch.ones_like(ids), kinds), str(whole), input_names=["ids", "mask", "kinds"],
            output_names=["carried", "faults"], dynamic_axes={**free, "carried": {0: "pairs"}}, opset_version=17, dynamo=False)  # fmt: skip
        quantize_dynamic(whole, out / "verifier.onnx", weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gather"])  # fmt: skip
    shutil.copy(weights / "vocab.txt", out / "vocab.txt")
    print(f"{(out / 'verifier.onnx').stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
