"""What other people gave us to call: public places only, once looked up, in bounded time."""

import ipaddress
import socket
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.outgoing import Blocked, Unreachable, check_url, is_public, look_up, post
from tests.receiver import receiving


@pytest.fixture
def local(settings):
    settings.ALLOW_LOCAL_ADDRESSES = True


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "https://127.0.0.1/",
        "http://localhost/",
        "http://2130706433/",  # 127.0.0.1 as one number
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://0/",
        "http://0.0.0.0/",
        "http://10.1.2.3/",
        "http://192.168.0.1/",
        "http://172.16.0.1/",
        "http://100.64.0.1/",  # carrier's NAT
        "http://100.100.100.200/latest/meta-data/",  # Alibaba Cloud
        "http://169.254.169.254/latest/meta-data/",  # everybody else's cloud
        "http://[::1]/",
        "http://[::]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:169.254.169.254]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[2001:0:7f00:1::]/",
        "http://[fe80::1]/",
        "http://[fd00:ec2::254]/",
        "http://[ff02::1]/",
        "http://[fec0::1]/",
        "http://[4000::1]/",
        "http://168.63.129.16/",  # Azure's own, though its number is public
        "http://224.0.0.1/",
        "http://255.255.255.255/",
        "http://198.18.0.1/",
    ],
)
def test_address_of_a_private_network_is_blocked(url):
    with pytest.raises(Blocked):
        look_up(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ftp://8.8.8.8/",
        "file:///etc/passwd",
        "gopher://8.8.8.8/",
        "https://",
        "https:///path",
        "https://user@8.8.8.8/",
        "https://user:word@8.8.8.8/",
        "https://8.8.8.8:22/",
        "https://8.8.8.8:99999/",
        "https://8.8.8.8 /",
        "https://8.8.8.8/\r\nHost: x",
        "https://8.8.8.8\\@127.0.0.1/",
        "https://例子.测试/",
        "https://[::1/",
        "https://" + "a" * 600,
    ],
)
def test_address_of_another_form_is_blocked(url):
    with pytest.raises(Blocked):
        check_url(url)


def test_plain_http_is_for_outside_production_only(settings):
    assert check_url("http://8.8.8.8/")
    settings.IS_PRODUCTION = True
    with pytest.raises(Blocked):
        check_url("http://8.8.8.8/")


def answers(monkeypatch, *rounds):
    """A resolver that says something else each time; how often it was asked."""
    asked = []

    def resolve(host, port, **_options):
        asked.append(host)
        numbers = rounds[min(len(asked), len(rounds)) - 1]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in numbers]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return asked


def test_name_that_leads_to_several_places_must_lead_to_good_ones_only(monkeypatch):
    answers(monkeypatch, ["8.8.8.8", "127.0.0.1"])
    with pytest.raises(Blocked):
        look_up("https://two.example/")


def test_name_is_looked_up_once_and_its_number_is_called(monkeypatch):
    """The second answer of a rebinding name is never asked for."""
    asked = answers(monkeypatch, ["93.184.215.14"], ["127.0.0.1"])
    called = []

    def create(address, *_rest, **_options):
        called.append(address)
        raise OSError("no network in tests")

    monkeypatch.setattr(socket, "create_connection", create)
    with pytest.raises(Unreachable):
        post("https://rebinding.example/hook", b"{}", {})
    assert asked == ["rebinding.example"]
    assert called == [("93.184.215.14", 443)]


def test_request_keeps_the_name_it_was_given(local):
    with receiving() as told:
        answer = post(f"http://localhost:{told.port}/a?b=c", b"hello", {"X-Test": "1"})
    assert answer.is_success
    [request] = told.requests
    assert (request.path, request.body) == ("/a?b=c", b"hello")
    assert request.headers["Host"] == f"localhost:{told.port}"
    assert request.headers["X-Test"] == "1"


def test_redirect_is_an_answer_and_not_followed(local):
    with receiving() as told, receiving() as other:
        told.status, told.headers = 307, {"Location": f"{other.url}/inside"}
        answer = post(told.url, b"{}", {})
    assert answer.status == 307
    assert not answer.is_success
    assert other.requests == []


def test_long_answer_is_cut(local):
    with receiving() as told:
        told.body = b"x" * 300_000
        assert len(post(told.url, b"{}", {}).body) == 64 * 1024


@pytest.mark.parametrize(("wait", "drips"), [(3, 0), (0.1, 30)])
def test_slow_answer_ends_in_time_however_it_is_slow(local, wait, drips):
    with receiving() as told:
        told.wait, told.drips = wait, drips
        start = time.monotonic()
        with pytest.raises(Unreachable, match="in time"):
            post(told.url, b"{}", {}, seconds=0.5)
        assert time.monotonic() - start < 2.5


def test_who_does_not_speak_http_is_unreachable(local):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    with pytest.raises(Unreachable):
        post(f"http://127.0.0.1:{port}/", b"{}", {})


def test_tls_is_checked(local):
    with receiving() as told, pytest.raises(Unreachable):
        post(f"https://127.0.0.1:{told.port}/", b"{}", {})


@given(st.ip_addresses(v=4))
def test_ipv4_in_another_dress_is_never_public(address):
    for dressed in (f"::ffff:{address}", f"64:ff9b::{address}", f"::{address}"):
        assert not is_public(ipaddress.ip_address(dressed))
    if is_public(address):
        assert address.is_global
        assert not address.is_private
