//! Networks and clients that fail: whatever happens to one socket, the room's numbers have neither gap nor repeat, and
//! everybody who is left agrees.

use std::io::Write;
use std::time::Duration;

use futures_util::future::join_all;
use serde_json::{Value, json};
use syncwatch_protocol::ParticipantId;
use syncwatch_service::new_id;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

use crate::harness::{Client, TestRealtime};

/// A client's frame of text with a mask of zeros.
fn frame(text: &str) -> Vec<u8> {
    let length = u16::try_from(text.len()).expect("a short text").to_be_bytes();
    [&[0x81, 0xfe], &length[..], &[0; 4], text.as_bytes()].concat()
}

fn upgrade(path: &str) -> Vec<u8> {
    let headers = "Host: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
                   Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    format!("GET {path} HTTP/1.1\r\n{headers}").into_bytes()
}

fn hello(token: &str) -> Vec<u8> {
    let credential = json!({ "kind": "join", "token": token });
    let hello = json!({
        "type": "client:hello", "protocolVersion": "1.0.0", "clientId": "t", "capabilities": [], "credential": credential,
    });
    frame(&hello.to_string())
}

async fn watching(test: &TestRealtime) -> Client {
    let mut ada = test.ada().await;
    let source = json!({ "kind": "video", "videoId": test.film().await });
    ada.command(json!({ "type": "sync:source", "id": "source", "source": source })).await;
    ada
}

/// So many guests, each by his number.
async fn guests(test: &TestRealtime, count: usize) -> Vec<Client> {
    join_all((0..count).map(|number| async move { test.guest(&format!("p{number}")).await })).await
}

fn seek(id: &str, to: usize) -> Value {
    json!({ "type": "sync:seek", "id": id, "mediaTimeMs": to })
}

fn numbers(commands: &[Value]) -> Vec<u64> {
    commands.iter().map(|command| command["playback"]["sequenceNumber"].as_u64().expect("a number")).collect()
}

// SYNC-7, SEC-3
#[tokio::test]
async fn a_socket_that_is_cut_at_any_byte_of_any_step_leaves_the_room_whole() {
    let test = TestRealtime::with_places(100).await;
    let (mut ada, mut ben) = (watching(&test).await, test.guest("Ben").await);
    let (address, path) = test.door();
    let eve = ParticipantId::new(new_id(test.clock.now()));
    let steps = [upgrade(&path), hello(&test.join_token(eve, "Eve")), frame(&seek("cut", 5_000).to_string())];
    for (step, bytes) in steps.iter().enumerate() {
        for cut in [0, 1, 3, bytes.len() / 2, bytes.len() - 1, bytes.len()] {
            for reset in [false, true] {
                let mut socket = TcpStream::connect(address).await.expect("the door is open");
                for whole in &steps[..step] {
                    socket.write_all(whole).await.expect("written");
                    let mut answer = [0; 1_024];
                    assert!(socket.read(&mut answer).await.expect("read") > 0, "each step is answered");
                }
                socket.write_all(&bytes[..cut]).await.expect("written");
                if reset {
                    socket.set_zero_linger().expect("set");
                }
            }
        }
    }
    // Eve's command was sent whole twice, with one key, and may have been lost to a reset.
    let last = ada.command(seek("after", 6_000)).await["sequenceNumber"].as_u64().expect("a number");
    assert!((2..=3).contains(&last), "{last}");
    assert_eq!(numbers(&ben.commands_until(last).await), (2..=last).collect::<Vec<_>>());
    assert_eq!(test.guest("Late").await.state["playback"]["sequenceNumber"], last);
}

// SYNC-4, SYNC-5
#[tokio::test]
async fn frames_that_come_twice_and_in_the_wrong_order_happen_once_and_in_one_order() {
    let test = TestRealtime::start().await;
    let (mut ada, mut ben) = (watching(&test).await, test.guest("Ben").await);
    // Each expects to be the next one; they come backwards, and all of them three times.
    let command = |number: u64| json!({ "type": "sync:seek", "id": format!("k{number}"), "mediaTimeMs": number, "expectedSequence": number });
    let mut outcomes = Vec::new();
    for _ in 0..3 {
        for number in (1..=3).rev() {
            outcomes.push(ada.command(command(number)).await["outcome"].clone());
        }
    }
    let expected =
        ["conflict", "conflict", "applied", "conflict", "applied", "duplicate", "applied", "duplicate", "duplicate"];
    assert_eq!(outcomes, expected);
    let commands = ben.commands_until(4).await;
    assert_eq!(numbers(&commands), [2, 3, 4]);
    let positions: Vec<_> = commands.iter().map(|command| &command["playback"]["anchorMediaTimeMs"]).collect();
    assert_eq!(positions, [1, 2, 3]);
}

// SYNC-3, DESIGN §4
#[tokio::test]
async fn a_storm_of_commands_from_everybody_is_one_sequence_for_everybody() {
    const PEOPLE: usize = 20;
    const EACH: usize = 30;
    let test = TestRealtime::with_places(PEOPLE as u16 + 2).await;
    let _ada = watching(&test).await;
    let mut people = guests(&test, PEOPLE).await;
    for (number, person) in people.iter_mut().enumerate() {
        for command in 0..EACH {
            person.send(seek(&format!("{number}-{command}"), number * 1_000 + command)).await;
        }
    }
    // Everything is answered, whether it was done or the room had too much to do.
    let seen = join_all(people.iter_mut().map(|person| everything_of(person, EACH))).await;
    let last = test.guest("Late").await.state["playback"]["sequenceNumber"].as_u64().expect("a number");
    let applied: usize = seen.iter().map(|(applied, _)| applied).sum();
    assert_eq!(last, 1 + applied as u64, "each command that was applied is one step");
    for (person, (_, mut commands)) in people.iter_mut().zip(seen) {
        if numbers(&commands).last() != Some(&last) {
            commands.extend(person.commands_until(last).await);
        }
        assert_eq!(numbers(&commands), (2..=last).collect::<Vec<_>>());
    }
}

/// How many commands of this person were applied, and what everybody did until the last was answered.
async fn everything_of(person: &mut Client, answers: usize) -> (usize, Vec<Value>) {
    let (mut applied, mut answered, mut commands) = (0, 0, Vec::new());
    while answered < answers {
        let message = person.next().await;
        match message["type"].as_str() {
            Some("sync:command") => commands.push(message["command"].clone()),
            Some("sync:reply") => {
                answered += 1;
                applied += usize::from(message["outcome"] == "applied");
            }
            Some("room:error") => answered += 1,
            _ => {}
        }
    }
    (applied, commands)
}

// DESIGN §4
#[tokio::test]
async fn a_member_who_never_reads_costs_the_other_99_nothing() {
    const PEOPLE: usize = 99;
    const WAVE: usize = 9;
    let test = TestRealtime::with_places(PEOPLE as u16 + 2).await;
    let (address, path) = test.door();
    let deaf = TcpSocket::new_v4().expect("a socket");
    deaf.set_recv_buffer_size(4_096).expect("set");
    let mut deaf = deaf.connect(address.parse().expect("an address")).await.expect("the door is open");
    deaf.write_all(&upgrade(&path)).await.expect("written");
    deaf.write_all(&hello(&test.join_token(ParticipantId::new(new_id(test.clock.now())), "Deaf")))
        .await
        .expect("written");

    let mut people = guests(&test, PEOPLE).await;
    let words = "x".repeat(1_900);
    // In waves that fit into the buffers of those who have not begun to read.
    for wave in (0..PEOPLE).step_by(WAVE) {
        for (number, person) in people.iter_mut().enumerate().skip(wave).take(WAVE) {
            person.send(json!({ "type": "chat:send", "id": format!("c{number}"), "text": words })).await;
        }
        let lines = join_all(people.iter_mut().map(|person| lines_of(person, WAVE))).await;
        assert!(lines.windows(2).all(|pair| pair[0] == pair[1]), "everybody has the same lines in the same order");
    }

    // What waits for the deaf one is bounded: his lines were left out, and he is told so once he reads.
    let gap = async {
        let (mut seen, mut buffer) = (Vec::new(), vec![0; 65_536]);
        while !String::from_utf8_lossy(&seen).contains(r#""gap":true"#) {
            let count = deaf.read(&mut buffer).await.expect("still connected");
            assert!(count > 0, "still connected");
            seen.extend_from_slice(&buffer[..count]);
        }
    };
    tokio::time::timeout(Duration::from_secs(20), gap).await.expect("told of the gap");
}

async fn lines_of(person: &mut Client, wanted: usize) -> Vec<Value> {
    let mut lines = Vec::new();
    while lines.len() < wanted {
        let line = person.wait_for("chat:message", |line| line["message"]["body"]["kind"] == "text").await;
        lines.push(line["message"]["position"].clone());
    }
    lines
}

// SEC-3
#[tokio::test]
async fn a_flood_of_pings_or_of_empty_fragments_before_any_hello_holds_up_nobody() {
    let test = TestRealtime::start().await;
    let mut ada = watching(&test).await;
    let (address, path) = test.door();
    let ping = [0x89, 0x80, 0, 0, 0, 0].repeat(2_000);
    let fragments = [&[0x01, 0x80, 0, 0, 0, 0][..], &[0x00, 0x80, 0, 0, 0, 0].repeat(2_000)].concat();
    for flood in [ping, fragments] {
        let size = flood.len();
        // From threads of their own: whoever floods does not wait for the server's.
        let mut socket = std::net::TcpStream::connect(address).expect("the door is open");
        socket.write_all(&upgrade(&path)).expect("written");
        let (mut answers, end) = (socket.try_clone().expect("cloned"), socket.try_clone().expect("cloned"));
        let reading = std::thread::spawn(move || std::io::copy(&mut answers, &mut std::io::sink()));
        let writing = std::thread::spawn(move || while socket.write_all(&flood).is_ok() {});
        for number in 0..15 {
            let reply = ada.command(seek(&format!("{size}-{number}"), number)).await;
            assert_eq!(reply["outcome"], "applied");
        }
        // The server may have closed it already.
        let _ended = end.shutdown(std::net::Shutdown::Both);
        writing.join().expect("no panic");
        let _ended = reading.join().expect("no panic");
    }
}

// OWN-1, SYNC-15
#[tokio::test]
async fn an_owner_whose_worker_alone_speaks_is_not_away() {
    let test = TestRealtime::start().await;
    let (mut ada, mut ben) = (watching(&test).await, test.guest("Ben").await);
    // Half a minute without a word from the page, as when the timers of a hidden one are throttled.
    for second in 0..15 {
        (test.move_clock)(2_000);
        ada.send(json!({ "type": "clock:ping", "c1": f64::from(second) })).await;
        ada.wait("clock:pong").await;
        ben.command(seek(&format!("s{second}"), 1_000)).await;
    }
    let late = test.guest("Late").await;
    assert_eq!(late.state["ownerId"], ada.id);
    assert_eq!(late.state["status"], "waiting");
}
