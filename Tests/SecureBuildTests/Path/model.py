"""An independent model of address ranges, security group rules and routes: random cases with what they must come to.

Prints a line of JSON a case. Ranges are Python's ipaddress's; rules are looked at address by address, one of each part
that no boundary divides.
"""
import ipaddress
import json
import random
import sys

random.seed(int(sys.argv[1]))
UNIVERSE = ipaddress.ip_network("100.104.0.0/16")


def network():
    length = random.choice([0, 8, 12, 14, 15, 16, 16, 17, 18, 19, 20, 22, 24, 28, 31, 32])
    inside = random.random() < 0.8
    base = int(UNIVERSE.network_address) + random.randrange(1 << 16) if inside else random.randrange(1 << 32)
    return ipaddress.ip_network((base, length), strict=False)


def ends(net):
    return int(net.network_address), int(net.broadcast_address)


def parts(universe, nets):
    """Where a universe of addresses is divided by the boundaries of networks: (first, last) each."""
    first, last = ends(universe)
    cuts = {first}
    for net in nets:
        low, high = ends(net)
        cuts |= {cut for cut in (low, high + 1) if first < cut <= last}
    starts = sorted(cuts)
    return list(zip(starts, [start - 1 for start in starts[1:]] + [last]))


def text(spans):
    nets = []
    for low, high in spans:
        nets += ipaddress.summarize_address_range(ipaddress.ip_address(low), ipaddress.ip_address(high))
    return [str(net) for net in ipaddress.collapse_addresses(nets)]


def sets():
    a = [network() for _ in range(random.randrange(5))]
    b = [network() for _ in range(random.randrange(5))]
    whole = parts(ipaddress.ip_network("0.0.0.0/0"), a + b)

    def within(address, nets):
        return any(low <= address <= high for low, high in map(ends, nets))

    rows = [(span, within(span[0], a), within(span[0], b)) for span in whole]
    return {
        "kind": "sets",
        "a": [str(net) for net in a],
        "b": [str(net) for net in b],
        "union": text([span for span, x, y in rows if x or y]),
        "intersection": text([span for span, x, y in rows if x and y]),
        "difference": text([span for span, x, y in rows if x and not y]),
    }


def rules():
    port = random.choice([80, 443, 8080, None])
    rules = []
    for _ in range(random.randrange(9)):
        kind = random.choice(["range"] * 6 + ["group", "list", "v6"])
        rules.append({
            "priority": random.choice([1, 1, 2, 50, 100]),
            "policy": random.choice(["Accept", "Accept", "Drop"]),
            "protocol": random.choice(["TCP", "TCP", "ALL", "UDP", "ICMP"]),
            "ports": random.choice(["-1/-1", "80/80", "1/65535", "443/443", "8000/9000", "22/22", "1/1024"]),
            "kind": kind,
            "range": str(network()) if kind == "range" else "",
        })
    nets = [ipaddress.ip_network(rule["range"]) for rule in rules if rule["kind"] == "range"]

    def covers(rule):
        """What a rule says of the port: all, some or none of it."""
        low, high = map(int, rule["ports"].split("/"))
        if (low, high) == (-1, -1):
            return "all"
        wanted = range(port, port + 1) if port else range(1, 65536)
        hit = min(high, wanted[-1]) - max(low, wanted[0]) + 1
        return "none" if hit <= 0 else "all" if hit == len(wanted) else "some"

    def fate(address):
        """By priority, drops before accepts; a rule that may or may not match splits the world in two."""
        may_pass = may_drop = False
        for rule in sorted(rules, key=lambda rule: (rule["priority"], rule["policy"] == "Accept")):
            if rule["protocol"] not in ("TCP", "ALL") or rule["kind"] == "v6" or covers(rule) == "none":
                continue
            if rule["kind"] == "range" and ipaddress.ip_address(address) not in ipaddress.ip_network(rule["range"]):
                continue
            sure = rule["kind"] == "range" and covers(rule) == "all"
            accepts = rule["policy"] == "Accept"
            if sure:
                outcomes = {accepts} | ({True} if may_pass else set()) | ({False} if may_drop else set())
                return outcomes.pop() if len(outcomes) == 1 else None
            may_pass |= accepts
            may_drop |= not accepts
        return None if may_pass else False

    rows = [(span, fate(span[0])) for span in parts(UNIVERSE, nets)]
    return {
        "kind": "rules", "port": port, "rules": rules,
        "passed": text([span for span, fate in rows if fate is True]),
        "dropped": text([span for span, fate in rows if fate is False]),
        "undecided": text([span for span, fate in rows if fate is None]),
    }


def routes():
    table, taken = [], set()
    for number in range(random.randrange(8)):
        net = network()
        if net not in taken:
            taken.add(net)
            table.append((net, f"hop-{number % 3}"))

    def way(address):
        found = [(net.prefixlen, hop) for net, hop in table if ipaddress.ip_address(address) in net]
        return max(found)[1] if found else None

    rows = [(span, way(span[0])) for span in parts(UNIVERSE, [net for net, _ in table])]
    return {
        "kind": "routes",
        "routes": [[str(net), hop] for net, hop in table],
        "ways": {hop: text([span for span, by in rows if by == hop]) for hop in {by for _, by in rows if by}},
        "unrouted": text([span for span, by in rows if by is None]),
    }


for _ in range(int(sys.argv[2])):
    print(json.dumps(random.choice([sets, rules, rules, routes])()))
