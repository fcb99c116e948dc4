"""Prints samples of the vendor's answers, made from the response models of its official SDKs: each member that a model
has gets a value. One JSON object, from the call's name to the text that the vendor's CLI would print."""
import importlib
import inspect
import json
import sys
import typing

CALLS = {
    "cr20181201": ["ListInstance", "GetInstance", "ListInstanceEndpoint"],
    "vpc20160428": [
        "DescribeVpcs", "DescribeVSwitches", "DescribeRouteTableList", "DescribeRouteEntryList",
        "DescribeVirtualBorderRouters", "DescribeNetworkAclAttributes",
    ],
    "ecs20140526": ["DescribeInstances", "DescribeSecurityGroups", "DescribeSecurityGroupAttribute"],
    "slb20140515": ["DescribeLoadBalancers"],
}
# Where a text of any kind wouldn't do.
VALUES = {
    "cidr_block": "10.20.0.0/16", "secondary_cidr_block": "10.21.0.0/16", "destination_cidr_block": "10.30.0.0/16",
    "source_cidr_ip": "100.104.0.0/16", "port_range": "443/443", "policy": "Accept", "region_id": "cn-hangzhou",
    "zone_id": "cn-hangzhou-i", "instance_status": "RUNNING", "instance_specification": "Enterprise_Basic",
    "type": "System", "next_token": "", "total_count": 1, "page_number": 1, "page_no": 1, "page_size": 10, "direction": "ingress",
}


def value(kind, name, module):
    if typing.get_origin(kind) is list:
        return [value(typing.get_args(kind)[0], name, module)]
    if typing.get_origin(kind) is dict:
        return {"key": "value"}
    if inspect.isclass(kind) and kind.__module__.startswith("alibabacloud_"):
        return filled(kind)
    if kind is bool:
        return True
    if kind is int:
        # Milliseconds, where it is a moment.
        return VALUES.get(name, 1571926439000 if name.endswith("_time") else 7)
    if kind is float:
        return 1.5
    if kind is str:
        return VALUES.get(name, "1571926439000" if name == "create_time" else f"{name.replace('_', '-')}-1 样本")
    sys.exit(f"a member of a kind that isn't known: {name}: {kind}")


def filled(model):
    scope = vars(sys.modules[model.__module__])
    kinds = typing.get_type_hints(model.__init__, scope)
    return model(**{name: value(kind, name, model) for name, kind in kinds.items() if name != "return"})


samples = {}
for product, calls in CALLS.items():
    try:
        models = importlib.import_module(f"alibabacloud_{product}.models")
    except ImportError:
        sys.exit(f"alibabacloud_{product} is missing: .venv/bin/pip install alibabacloud_{product}")
    for call in calls:
        answer = filled(getattr(models, call + "ResponseBody")).to_map()
        samples[call] = json.dumps(answer, indent="\t", sort_keys=True, ensure_ascii=False) + "\n"
json.dump(samples, sys.stdout)
