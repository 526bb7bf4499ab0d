"""The industries we have a word for, to tell what is only spelt wrong; any other may be typed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

INDUSTRIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "aerospace": "航空航天",
        "agriculture": "农业",
        "automotive": "汽车",
        "banking": "银行",
        "chemicals": "化工",
        "construction": "建筑",
        "consumer goods": "消费品",
        "defence": "国防",
        "education": "教育",
        "electronics": "电子",
        "employment": "人力资源",
        "energy": "能源",
        "entertainment": "文化娱乐",
        "finance": "金融",
        "food and beverages": "食品饮料",
        "government": "政府",
        "health care": "医疗卫生",
        "hospitality": "酒店旅游",
        "insurance": "保险",
        "internet": "互联网",
        "logistics": "物流",
        "machinery": "机械制造",
        "manufacturing": "制造业",
        "marketing": "市场营销",
        "media": "传媒",
        "medical": "医药",
        "metals": "冶金",
        "mining": "矿业",
        "petroleum": "石油石化",
        "pharmaceuticals": "制药",
        "property": "房地产",
        "retail": "零售",
        "semiconductors": "半导体",
        "services": "服务业",
        "shipping": "航运",
        "software": "软件",
        "steel": "钢铁",
        "technology": "科技",
        "telecommunications": "通信",
        "textiles": "纺织",
        "transport": "交通运输",
        "utilities": "公用事业",
        "water": "水务",
    }
)
"""The English word of each, in small letters, and the Chinese one."""
