use std::sync::Arc;

use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;

use super::*;
use crate::outgoing::Outgoing;

const START: ServerTime = ServerTime(1_000_000);

/// A link, and the other end of its socket.
async fn link() -> (Arc<Link>, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let client = TcpStream::connect(listener.local_addr().expect("bound")).await.expect("connected");
    let (server, _) = listener.accept().await.expect("accepted");
    server.writable().await.expect("writable");
    (Arc::new(Link::new(server, START)), client)
}

async fn heard(client: &mut TcpStream, bytes: usize) -> Vec<u8> {
    let mut heard = vec![0; bytes];
    client.read_exact(&mut heard).await.expect("so many bytes come");
    heard
}

/// Sends until the socket takes no more. Gives how many bytes that were, those that wait included.
fn fill(link: &Link) -> usize {
    let frame = Frame::json(&"x".repeat(100_000));
    let mut sent = 0;
    while link.state().backlog.is_none() {
        link.send(START, Kind::Control, &frame);
        sent += frame.len();
    }
    sent
}

/// Lets a link wait for its client a thousand times as long as what it is asked for takes.
async fn woken(link: &Link, now: ServerTime) -> Option<Woken> {
    timeout(Duration::from_secs(20), link.woken(|| now)).await.ok()
}

// DESIGN §4
#[tokio::test]
async fn the_silent_are_asked_for_a_sign_of_life_and_dropped_when_they_give_none() {
    let (link, mut client) = link().await;
    link.look_after(START.plus_ms(4_999));
    link.look_after(START.plus_ms(60_000));
    assert_eq!(
        heard(&mut client, 2).await,
        &Frame::ping()[..],
        "never dropped without having been asked, however late"
    );
    link.look_after(START.plus_ms(67_000));
    link.send(START, Kind::Control, &Frame::close(1000));
    assert_eq!(heard(&mut client, 4).await, &Frame::close(1000)[..], "one ping is enough");
    link.look_after(START.plus_ms(67_001));
    assert_eq!(woken(&link, START).await, Some(Woken::Ended));
}

// DESIGN §4
#[tokio::test]
async fn whoever_answers_in_time_stays() {
    let (link, client) = link().await;
    for seconds in [6, 14, 22, 30] {
        let now = START.plus_ms(seconds * 1_000);
        link.look_after(now);
        client.try_write(b"x").expect("written");
        assert_eq!(woken(&link, now).await, Some(Woken::Readable));
        assert_eq!(link.at(now.plus_ms(1)).read(&mut [0; 8]).expect("read"), 1);
    }
}

// DESIGN §4
#[tokio::test]
async fn what_a_full_socket_does_not_take_comes_when_it_is_read_again_and_its_task_is_woken_for_that_alone() {
    let (link, mut client) = link().await;
    let sent = fill(&link);
    let reading = tokio::spawn(async move { (heard(&mut client, sent).await.len(), client) });
    let writing = async {
        // A kernel may say that there is something to read when there is not.
        while link.woken(|| START).await == Woken::Readable {
            let read = link.at(START).read(&mut [0; 8]);
            assert_eq!(read.expect_err("nobody writes").kind(), io::ErrorKind::WouldBlock);
        }
    };
    tokio::select! {
        () = writing => panic!("nothing to wake for"),
        all = reading => assert_eq!(all.expect("no panic").0, sent),
    }
}

// DESIGN §4, SYNC-7
#[tokio::test]
async fn a_member_who_takes_nothing_for_five_seconds_is_closed_with_4008() {
    let (link, mut client) = link().await;
    let sent = fill(&link);
    link.look_after(START.plus_ms(5_001));
    assert_eq!(woken(&link, START).await, Some(Woken::Ended));
    let reading = tokio::spawn(async move {
        heard(&mut client, sent).await;
        heard(&mut client, 4).await
    });
    link.see_off(|| START).await;
    assert_eq!(reading.await.expect("no panic"), &Frame::close(4008)[..]);
}

// SYNC-7
#[tokio::test]
async fn when_its_room_is_gone_a_connection_is_told_to_come_back() {
    let (link, mut client) = link().await;
    drop(Outgoing::new(link.clone()));
    assert_eq!(heard(&mut client, 4).await, &Frame::close(1001)[..]);
    assert_eq!(woken(&link, START).await, Some(Woken::Ended));
}
