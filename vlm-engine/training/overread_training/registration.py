"""Groupwise registration of radiographs: an affine map and free-form deformations, so that averages keep ribs and borders."""
import torch
import torch.nn.functional as F

FINE = 128  # side at which the images are compared
FIELD = 64  # side at which displacements are kept
LEVELS = ((6, 30), (12, 40), (22, 50))  # control points a side, steps


def grid(side):
    line = (torch.arange(side) * 2 + 1) / side - 1
    y, x = torch.meshgrid(line, line, indexing="ij")
    return torch.stack([x, y])[None]


def resized(x, side):
    return F.interpolate(x, (side, side), mode="bilinear", align_corners=False)


def warp(x, u):
    """x [n,1,S,S] read at p + u(p), u [n,2,*,*] in units of half a side."""
    where = grid(x.shape[-1]) + F.interpolate(u, x.shape[-2:], mode="bicubic", align_corners=False)
    return F.grid_sample(x, where.permute(0, 2, 3, 1).expand(len(x), -1, -1, -1), mode="bilinear", padding_mode="border", align_corners=False)


def inverse(u, rounds=30):
    """v with v(q) = -u(q + v(q))."""
    v = -u
    for _ in range(rounds):
        v = -F.grid_sample(u, (grid(u.shape[-1]) + v).permute(0, 2, 3, 1), mode="bilinear", padding_mode="border", align_corners=False)
    return v


def contrast(x, width):
    """Local contrast: what is left after the neighbourhood's mean and spread are taken out."""
    def blur(v):
        return F.avg_pool2d(F.avg_pool2d(v, width, 1, width // 2, count_include_pad=False), width, 1, width // 2, count_include_pad=False)
    d = x - blur(x)
    return d / (blur(d * d) + 1e-3 + 0.05 * d.square().mean((2, 3), keepdim=True)).sqrt()


def likeness(a, b, inner):
    """Correlation of each image with the template, inside the frame."""
    a, b = a[..., inner, inner].flatten(1), b[..., inner, inner].flatten(1)
    a, b = a - a.mean(1, keepdim=True), b - b.mean(1, keepdim=True)
    return (a * b).sum(1) / (a.norm(dim=1) * b.norm(dim=1) + 1e-6)


def align(x, say=print):
    """x [n,S,S] bytes; gives the displacement of each image [n,2,FIELD,FIELD] and its likeness to the common template."""
    x = torch.tensor(x)[:, None].float() / 255
    x = (x - x.mean((2, 3), keepdim=True)) / x.std((2, 3), keepdim=True)
    coarse = resized(x, 48)
    n = len(x)
    theta = torch.zeros(n, 2, 3, requires_grad=True)
    def affine(side):
        g = torch.cat([grid(side), torch.ones(1, 1, side, side)], 1).expand(n, -1, -1, -1)
        return torch.einsum("nij,njyx->niyx", theta, g)
    optimiser = torch.optim.Adam([theta], 0.01)
    inner = slice(3, -3)
    for step in range(60):
        moved = warp(coarse, affine(48))
        if step % 10 == 0:
            template = moved.detach().mean(0, keepdim=True)
        loss = -likeness(moved, template, inner).sum() + 3 * theta.square().sum()
        optimiser.zero_grad(); loss.backward(); optimiser.step()
        with torch.no_grad():
            theta -= theta.mean(0, keepdim=True)
    base = affine(FIELD).detach()
    say("affine", likeness(moved, template, inner).mean().item())

    fine = resized(x, FINE)
    total, inner = base, slice(6, -6)
    for points, steps in LEVELS:
        side = 64 if points < 10 else FINE
        images = resized(fine, side)
        images = torch.cat([contrast(images, side // 4 | 1), contrast(images, side // 12 | 1)], 1)
        control = torch.zeros(n, 2, points, points, requires_grad=True)
        optimiser = torch.optim.Adam([control], 0.006)
        for step in range(steps):
            if step % 10 == 0:  # a template of those that already fit
                with torch.no_grad():
                    moved = torch.cat([warp(images[i:i + 64], (total + F.interpolate(control, (FIELD, FIELD), mode="bicubic"))[i:i + 64]) for i in range(0, n, 64)])
                    fit = likeness(moved, moved.mean(0, keepdim=True), inner)
                    weight = torch.softmax(fit * 8, 0)[:, None, None, None]
                    template = (moved * weight).sum(0, keepdim=True)
                    del moved
            optimiser.zero_grad()
            for i in range(0, n, 64):
                c = control[i:i + 64]
                moved = warp(images[i:i + 64], total[i:i + 64] + F.interpolate(c, (FIELD, FIELD), mode="bicubic"))
                bend = sum((c.diff(n=2, dim=k) * points).square().mean((1, 2, 3)) for k in (2, 3))
                (-likeness(moved, template, inner) + 0.35 * bend).sum().backward()
            optimiser.step()
            with torch.no_grad():
                control -= control.mean(0, keepdim=True)
        total = (total + F.interpolate(control, (FIELD, FIELD), mode="bicubic")).detach()
        say(points, "control points", fit.mean().item())
    return total, fit
