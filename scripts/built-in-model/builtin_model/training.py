"""What all trainings share: optimisers, averaged weights, checkpoints, the learning-rate curve and the log."""

import json
import math
import os
import time
from pathlib import Path

import torch

CHECKPOINTS = os.environ.get("ZIMAGE_TRAINING", str(Path.home() / ".cache/zimage-fiji-training"))
SAVE_SECONDS = 120
BATCH_SCALE = int(os.environ.get("ZIMAGE_BATCH_SCALE", "1"))  # larger batches for a GPU


def device():
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def autocast():
    return torch.autocast(device().type, torch.bfloat16)


def compiled(function):
    """`function` through torch.compile, or as it is where ZIMAGE_NO_COMPILE is set (quick tests)."""
    return function if os.environ.get("ZIMAGE_NO_COMPILE") else torch.compile(function, dynamic=False)


class Muon(torch.optim.Optimizer):
    """Momentum orthogonalised by Newton-Schulz steps (Jordan et al. 2024), scaled to AdamW's update size."""

    def __init__(self, parameters, lr, momentum=0.95, weight_decay=0.0):
        super().__init__(parameters, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            by_shape = {}
            for parameter in group["params"]:
                if parameter.grad is not None:
                    buffer = self.state[parameter].setdefault("momentum", torch.zeros_like(parameter))
                    buffer.lerp_(parameter.grad, 1 - group["momentum"])
                    update = parameter.grad.lerp(buffer, group["momentum"]).flatten(1)
                    by_shape.setdefault(update.shape, []).append((parameter, update))
            for shape, pairs in by_shape.items():
                updates = orthogonalised(torch.stack([update for _, update in pairs]))
                scale = 0.2 * math.sqrt(max(shape))
                for (parameter, _), update in zip(pairs, updates):
                    parameter.mul_(1 - group["lr"] * group["weight_decay"])
                    parameter.add_(update.view_as(parameter).to(parameter.dtype), alpha=-group["lr"] * scale)


def orthogonalised(matrices, steps=5):
    """Nearest orthogonal matrices, roughly, of a (batch, rows, columns) stack."""
    x = matrices.bfloat16()
    tall = x.shape[1] > x.shape[2]
    if tall:
        x = x.mT
    x = x / (x.flatten(1).norm(dim=1)[:, None, None] + 1e-7)
    for _ in range(steps):
        square = x @ x.mT
        x = 3.4445 * x + (-4.7750 * square + 2.0315 * square @ square) @ x
    return x.mT if tall else x


def optimisers(modules, muon_lr=2e-3, adam_lr=1e-3, weight_decay=0.01, muon=True):
    """Muon for the inner weight matrices, AdamW for everything else (for all where `muon` is false)."""
    matrices, rest = [], []
    for module in modules:
        for name, parameter in module.named_parameters():
            if not parameter.requires_grad:
                continue
            outer = any(part in name for part in ("embed", "final_layer", "conv_out", "conv_in", "head", "t_embedder"))
            (matrices if muon and parameter.ndim >= 2 and not outer else rest).append(parameter)
    result = [torch.optim.AdamW(rest, adam_lr, betas=(0.9, 0.98), weight_decay=weight_decay)]
    if matrices:
        result.append(Muon(matrices, muon_lr, weight_decay=weight_decay))
    return result


class Trainer:
    """Runs `loss(step)` for a number of steps; saves, averages, decays and resumes by itself.

    :param name: file name of the checkpoint inside `folder`
    :param modules: dict of name to module; those with parameters that require gradients are trained
    :param steps: length of the whole training; a larger number than last time goes on with a new learning-rate curve
    """

    def __init__(self, folder, name, modules, steps, batch, ema=0.999, **rates):
        self.path = Path(folder) / f"{name}.pt"
        self.history = Path(folder) / f"{name}.log.jsonl"
        self.name, self.modules, self.steps, self.batch, self.decay = name, modules, steps, batch, ema
        self.optimisers = optimisers(modules.values(), **rates)
        self.base_rates = [group["lr"] for o in self.optimisers for group in o.param_groups]
        self.step, self.seconds = 0, 0.0
        self.resumed = set(modules)
        self.parameters = {f"{m}.{n}": p for m, module in modules.items() for n, p in module.named_parameters()
                           if p.requires_grad}
        self.average = {n: p.detach().clone() for n, p in self.parameters.items()}
        if self.path.exists():
            self._resume()

    def _resume(self):
        state = torch.load(self.path, map_location=device(), weights_only=True)
        with torch.no_grad():
            for name, parameter in self.parameters.items():
                if name in state["weights"]:
                    parameter.copy_(state["weights"][name])
                    self.average[name].copy_(state["average"][name])
        # A checkpoint made from the shipped model has neither the optimisers' state nor helper modules.
        for optimiser, saved in zip(self.optimisers, state.get("optimisers", ())):
            optimiser.load_state_dict(saved)
        self.resumed = {name.split(".")[0] for name in state["weights"]}
        self.step, self.seconds = state["step"], state["seconds"]
        print(f"{self.name}: resumed at step {self.step} of {self.steps}", flush=True)

    def save(self):
        state = {"weights": {n: p.detach() for n, p in self.parameters.items()}, "average": self.average,
                 "optimisers": [o.state_dict() for o in self.optimisers], "step": self.step, "seconds": self.seconds}
        partial = self.path.with_suffix(".partial")
        torch.save(state, partial)
        partial.replace(self.path)

    def rate(self):
        """1 after a short warm-up, a cosine down to 0.02 from 40 % of the way."""
        warm = min(1.0, (self.step + 1) / 100)
        progress = self.step / max(self.steps, 1)
        late = max(0.0, (progress - 0.4) / 0.6)
        return warm * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(late, 1.0))))

    def run(self, loss, until=None, on_save=None):
        """Trains up to step `until`, or to the end.

        :param loss: function of the step that returns the loss tensor and a dict of numbers for the log
        """
        until = min(self.steps, until or self.steps)
        window, numbers, last_save, last_log = [], {}, time.time(), time.time()
        logged = self.step
        while self.step < until:
            started = time.process_time()
            for optimiser, group, base in self._groups():
                group["lr"] = base * self.rate()
            value, numbers = loss(self.step)
            value.backward()
            torch.nn.utils.clip_grad_norm_(list(self.parameters.values()), 1.0)
            for optimiser in self.optimisers:
                optimiser.step()
                optimiser.zero_grad(set_to_none=True)
            self._average()
            self.step += 1
            self.seconds += (time.process_time() - started) / torch.get_num_threads()
            window.append(float(value.detach()))
            if time.time() - last_log > 20 or self.step == until:
                speed = (self.step - logged) * self.batch / max(time.time() - last_log, 1e-6)
                self._log(sum(window) / len(window), speed, numbers)
                window, last_log, logged = [], time.time(), self.step
            if time.time() - last_save > SAVE_SECONDS:
                self.save()
                last_save = time.time()
                if on_save:
                    on_save()
        self.save()

    def _groups(self):
        groups = [(o, group) for o in self.optimisers for group in o.param_groups]
        return [(o, group, base) for (o, group), base in zip(groups, self.base_rates)]

    @torch.no_grad()
    def _average(self):
        decay = min(self.decay, (1 + self.step) / (10 + self.step))
        torch._foreach_lerp_(list(self.average.values()), [p.detach() for p in self.parameters.values()], 1 - decay)

    def _log(self, loss, speed, numbers):
        numbers = {key: round(float(value), 4) for key, value in numbers.items()}
        line = {"step": self.step, "loss": round(loss, 5), "per_second": round(speed, 1),
                "seconds": round(self.seconds), **numbers}
        print(f"{time.strftime('%H:%M:%S')} {self.name} {line}", flush=True)
        with self.history.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")

    def load_average(self):
        """Puts the averaged weights into the modules (for export and evaluation)."""
        with torch.no_grad():
            for name, parameter in self.parameters.items():
                parameter.copy_(self.average[name])


def load_average(folder, name, modules):
    """Loads the averaged weights of a finished or running training into modules of the same names.

    :raises FileNotFoundError: where that stage has not been trained; the message names the stage
    """
    path = Path(folder) / f"{name}.pt"
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing: run the stage '{name}' first.")
    state = torch.load(path, map_location=device(), weights_only=True)
    parameters = {f"{m}.{n}": p for m, module in modules.items() for n, p in module.named_parameters()}
    with torch.no_grad():
        for key, value in state["average"].items():
            if key in parameters:
                parameters[key].copy_(value)
    return state["step"]
