package dev.clinicnet.operator.ngrok;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestObserverTest {
  private final List<String> told = new ArrayList<>();

  @Test
  void twoObserversLearnOfEverything() throws ReflectiveOperationException {
    RequestObserver both = observer("first").and(observer("second"));
    List<Method> events =
        Arrays.stream(RequestObserver.class.getMethods())
            .filter(method -> method.getReturnType() == void.class)
            .toList();

    List<String> expected = new ArrayList<>();
    for (Method event : events) {
      event.invoke(both, new Object[event.getParameterCount()]);
      expected.add("first " + event.getName());
      expected.add("second " + event.getName());
    }

    assertThat(events).isNotEmpty();
    assertThat(told).containsExactlyElementsOf(expected);
  }

  private RequestObserver observer(String name) {
    return (RequestObserver)
        Proxy.newProxyInstance(
            RequestObserver.class.getClassLoader(),
            new Class<?>[] {RequestObserver.class},
            (proxy, method, arguments) -> {
              if (method.getReturnType() != void.class) {
                return InvocationHandler.invokeDefault(proxy, method, arguments);
              }
              told.add(name + " " + method.getName());
              return null;
            });
  }
}
